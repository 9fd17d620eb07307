const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send: made by the `html` tag, which escapes whatever is put into it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Insertion = string | number | Html | readonly Html[];

/** A template whose insertions are text, unless they are Html themselves. */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  const markup = strings.reduce((before, part, index) => {
    const insertion = insertions[index - 1];
    return before + (insertion === undefined ? '' : markupOf(insertion)) + part;
  });
  return new Html(markup);
}

function markupOf(insertion: Insertion): string {
  if (insertion instanceof Html) {
    return insertion.markup;
  }
  if (typeof insertion === 'object') {
    return insertion.map(({ markup }) => markup).join('');
  }
  return String(insertion).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
