/**
 * Spreadsheets run a cell that begins with one of these; what is typed in full width runs in Japanese ones.
 * (https://owasp.org/www-community/attacks/CSV_Injection; names hold no tab or line break.)
 */
const NEEDS_GUARD = /^'*[=+\-@＝＋－＠]/;
const IS_GUARDED = /^'+[=+\-@＝＋－＠]/;

/**
 * A field that a spreadsheet shows instead of running it: with an apostrophe before it. A name that begins with an
 * apostrophe and such a character gets one more, so that exactly one is to be taken away.
 */
export function withFormulaGuard(field: string): string {
  return NEEDS_GUARD.test(field) ? `'${field}` : field;
}

/** The field as it was. `'Round Midnight` has no guard. */
export function withoutFormulaGuard(field: string): string {
  return IS_GUARDED.test(field) ? field.slice(1) : field;
}
