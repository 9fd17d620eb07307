import { z } from 'zod';

const UNREADABLE = /[\p{Cc}\p{Cs}]/u;

/** What people call themselves or a thing of theirs. */
export const shortName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !UNREADABLE.test(name), 'Must not contain control characters.');
