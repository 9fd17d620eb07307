/**
 * What a name must not hold: C0 control characters and halves of surrogate pairs. PostgreSQL cannot keep NUL in any
 * text, nor a lone surrogate in jsonb; the other control characters only ever come from broken files.
 */
const UNSTORABLE = /[\u0000-\u001f\p{Cs}]/u;
const UNSTORABLE_IN_PARAGRAPHS = /[\u0000-\u0009\u000b-\u001f\p{Cs}]/u;

const BLANKS = /[\t\n\v\f\r]+/g;
const EVERY_UNSTORABLE = /[\u0000-\u001f\p{Cs}]/gu;
const EVERY_UNSTORABLE_IN_PARAGRAPHS = /[\u0000-\u0009\u000b-\u001f\p{Cs}]/gu;

export function isStorableLine(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Line feeds are allowed. */
export function isStorableParagraphs(text: string): boolean {
  return !UNSTORABLE_IN_PARAGRAPHS.test(text);
}

/** An imported name: line breaks and tabs become a blank, what cannot be stored goes, the ends are trimmed. */
export function toStorableLine(text: string): string {
  return isStorableLine(text) ? text.trim() : text.replace(BLANKS, ' ').replace(EVERY_UNSTORABLE, '').trim();
}

/** An imported description: line breaks stay, as line feeds. */
export function toStorableParagraphs(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(EVERY_UNSTORABLE_IN_PARAGRAPHS, '').trim();
}

/** At most `length` UTF-16 units, without cutting a character in half. */
export function cutTo(length: number, text: string): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .replace(/\p{Cs}$/u, '')
        .trimEnd();
}
