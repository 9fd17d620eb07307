import type { z } from 'zod';

import type { InputProblem } from '../errors/domain-error.js';

/** A person mends the first few; ten thousand wrong tracks need not be named one by one. */
const MOST_PROBLEMS = 100;

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'Must be an id, as another answer named it.',
  email: 'Must be an e-mail address.',
  url: 'Must be a web address.',
  date: 'Must be a date, such as 2026-01-31.',
  datetime: 'Must be a date and time with its zone, such as 2026-01-31T20:15:00Z.',
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'Must be text.',
  number: 'Must be a number.',
  int: 'Must be a whole number.',
  boolean: 'Must be true or false.',
  array: 'Must be a list.',
  object: 'Must be an object.',
};

/** What is wrong, field by field, of what a schema refused. */
export function inputProblems(issues: readonly z.core.$ZodIssue[]): InputProblem[] {
  return issues
    .flatMap((issue) => withinUnion(issue))
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
}

type Issue<Code> = Extract<z.core.$ZodRawIssue, { code: Code }>;

const SENTENCES: { [Code in z.core.$ZodRawIssue['code']]?: (issue: Issue<Code>) => string | undefined } = {
  invalid_type: ({ input, expected }) => (input === undefined ? 'Is missing.' : KINDS[expected]),
  invalid_format: ({ format }) => FORMATS[format],
  invalid_value: ({ values }) => `Must be ${either(values.map(String))}.`,
  unrecognized_keys: ({ keys }) => `Is not known here: ${keys.join(', ')}.`,
  too_big: ({ origin, maximum, inclusive }) =>
    `Must ${size(origin, `${inclusive === false ? 'less than' : 'at most'} ${shown(maximum)}`)}.`,
  too_small: ({ origin, minimum, inclusive }) =>
    origin === 'string' && minimum === 1
      ? 'Must not be empty.'
      : `Must ${size(origin, `${inclusive === false ? 'more than' : 'at least'} ${shown(minimum)}`)}.`,
};

/**
 * Our own sentence for what a schema has no message for, since forms show it to people.
 * @returns undefined for the rare ones, which keep zod's words
 */
export function wordIssue(issue: z.core.$ZodRawIssue): string | undefined {
  const sentence = SENTENCES[issue.code] as ((issue: z.core.$ZodRawIssue) => string | undefined) | undefined;
  return sentence?.(issue);
}

/** Of several forms that something may have, the one that it has: a list, say, but with a wrong item. */
function withinUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') {
    return [issue];
  }
  const meant = issue.errors.filter((branch) => branch.length > 0 && !branch.some(isOfAnotherKind));
  const [branch, ...others] = meant;
  return branch && others.length === 0
    ? branch.flatMap((inner) => withinUnion({ ...inner, path: [...issue.path, ...inner.path] }))
    : [issue];
}

function isOfAnotherKind({ code, path }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type' && path.length === 0;
}

function size(origin: string, bound: string): string {
  const [verb, unit] = { string: ['have', ' characters'], array: ['hold', ' items'] }[origin] ?? ['be', ''];
  return `${verb ?? ''} ${bound}${unit ?? ''}`;
}

function shown(bound: number | bigint): string {
  return bound.toLocaleString('en');
}

function either(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : (words[0] ?? '');
}
