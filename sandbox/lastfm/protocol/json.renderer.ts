import type { Child, Element, ElementList, Scalar } from './element.js';

type Json = Scalar | readonly Json[] | { readonly [member: string]: Json };

/** The mechanical conversion that Last.fm applies to its XML, with its object-or-array trap. */
export function renderJson(children: readonly Child[]): string {
  return JSON.stringify(membersOf(children));
}

function membersOf(children: readonly Child[]): Record<string, Json> {
  const members: Record<string, Json> = {};
  for (const child of children) {
    if ('list' in child) {
      members[child.list] = oneOrMany(child);
    } else {
      members[child.name] = valueOf(child);
    }
  }
  return members;
}

function oneOrMany({ items }: ElementList): Json {
  const [only] = items;
  return only && items.length === 1 ? valueOf(only) : items.map(valueOf);
}

function valueOf({ content, attributes }: Element): Json {
  const isPlain = Object.keys(attributes).length === 0;
  if (isParent(content)) {
    return isPlain ? membersOf(content) : { ...membersOf(content), '@attr': attributes };
  }
  return isPlain ? content : { ...attributes, '#text': content };
}

function isParent(content: Element['content']): content is readonly Child[] {
  return Array.isArray(content);
}
