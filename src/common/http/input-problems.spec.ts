import { z } from 'zod';

import { inputProblems, wordIssue } from './input-problems.js';

const track = z.strictObject({ title: z.string().min(1).max(1_000), durationSeconds: z.int().max(86_400).optional() });
const oneOrMany = z.union([track, z.array(track).max(2)]);

function problemsOf(schema: z.ZodType, input: unknown): unknown {
  const { error } = schema.safeParse(input, { error: wordIssue });
  return inputProblems(error?.issues ?? []);
}

describe('inputProblems', () => {
  it.each([
    { what: 'one without a title', input: {}, problem: { path: 'title', message: 'Is missing.' } },
    {
      what: 'one with an empty title',
      input: { title: '' },
      problem: { path: 'title', message: 'Must not be empty.' },
    },
    {
      what: 'one of a list',
      input: [{ title: 'a' }, { title: 'x'.repeat(1_001) }],
      problem: { path: '1.title', message: 'Must have at most 1,000 characters.' },
    },
    {
      what: 'too long a list',
      input: Array.from({ length: 3 }, () => ({ title: 'a' })),
      problem: { path: '', message: 'Must hold at most 2 items.' },
    },
    {
      what: 'an unknown field',
      input: { title: 'a', loved: true },
      problem: { path: '', message: 'Is not known here: loved.' },
    },
    {
      what: 'too large a number',
      input: { title: 'a', durationSeconds: 86_401 },
      problem: { path: 'durationSeconds', message: 'Must be at most 86,400.' },
    },
    {
      what: 'text for a number',
      input: { title: 'a', durationSeconds: '3' },
      problem: { path: 'durationSeconds', message: 'Must be a number.' },
    },
  ])('names the field that is wrong in one of the forms allowed: $what', ({ input, problem }) => {
    expect(problemsOf(oneOrMany, input)).toEqual([problem]);
  });

  it('says one thing of what has none of the forms allowed', () => {
    expect(problemsOf(oneOrMany, 7)).toEqual([{ path: '', message: expect.any(String) }]);
  });

  it.each([
    [z.uuid(), 'x', 'Must be an id, as another answer named it.'],
    [z.enum(['sequential', 'shuffle']), 'x', 'Must be sequential or shuffle.'],
    [z.iso.datetime({ offset: true }), '2026-01-15 12:00', expect.stringContaining('2026-01-31T20:15:00Z')],
    [z.string('Give it a name.'), 7, 'Give it a name.'],
  ])('says what is accepted instead, %#', (schema, input, message) => {
    expect(problemsOf(schema, input)).toEqual([{ path: '', message }]);
  });

  it('names a hundred of ten thousand', () => {
    const errors = problemsOf(
      z.array(track),
      Array.from({ length: 10_000 }, () => ({})),
    );
    expect(errors).toHaveLength(100);
  });
});
