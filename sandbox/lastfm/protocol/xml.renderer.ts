import type { Attributes, Child, Element, Scalar } from './element.js';

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML 1.0 has no way to write these, not even as character references.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function renderXml(children: readonly Child[], status: 'ok' | 'failed'): string {
  return `${PROLOGUE}<lfm status="${status}">${children.map(renderChild).join('')}</lfm>\n`;
}

function renderChild(child: Child): string {
  return 'list' in child ? child.items.map(renderElement).join('') : renderElement(child);
}

function renderElement({ name, content, attributes }: Element): string {
  const inner = isScalar(content) ? escape(content) : content.map(renderChild).join('');
  return `<${name}${renderAttributes(attributes)}>${inner}</${name}>`;
}

function renderAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');
}

function isScalar(content: Element['content']): content is Scalar {
  return !Array.isArray(content);
}

function escape(value: Scalar): string {
  return String(value ?? '')
    .replace(UNWRITABLE, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
