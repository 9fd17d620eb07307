import type { z } from 'zod';

import type { EntryResult } from './dto/plays.dto.js';

/** An entry that could be read, and where it stood; or the answer to one that could not. */
export type ReadEntry<Value> = { value: Value } | { refusal: EntryResult };

/** Reads each entry by itself. */
export function readEntries<Value>(entries: readonly unknown[], schema: z.ZodType<Value>): Array<ReadEntry<Value>> {
  return entries.map((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? { value: parsed.data } : { refusal: refusalOf(entry, parsed.error) };
  });
}

export function invalid(discordUserId: string | null, code: string, message: string): EntryResult {
  return { discordUserId, status: 'invalid', code, message };
}

function refusalOf(entry: unknown, { issues }: z.ZodError): EntryResult {
  const isOfUser = issues.some(({ path }) => path[0] === 'discordUserId');
  const message = issues.map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`).join(' ');
  return invalid(userIdOf(entry), isOfUser ? 'invalid_snowflake' : 'invalid_input', message);
}

const LONGEST_REPEATED = 100;

function userIdOf(entry: unknown): string | null {
  const { discordUserId } = (entry ?? {}) as { discordUserId?: unknown };
  return typeof discordUserId === 'string' ? discordUserId.slice(0, LONGEST_REPEATED) : null;
}
