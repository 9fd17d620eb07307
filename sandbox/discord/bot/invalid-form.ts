import type { z } from 'zod';

import { DiscordRefusal } from './discord-refusal.js';

/** Reads a body as Discord does. @throws DiscordRefusal 50035 that names what is wrong in it */
export function readForm<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const errors = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DiscordRefusal(400, 50035, 'Invalid Form Body', errors);
}
