import { z } from 'zod';

const ONE_DAY_SECONDS = 86_400;
const MAX_NAME = 1_000;
const CONTROL_CHARACTERS = /\p{Cc}/u;

/** Of an artist, a title or an album, as a person enters it. */
export const nameField = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME)
  .refine((text) => !CONTROL_CHARACTERS.test(text), 'Must not contain control characters.');

export const durationField = z.int().min(1).max(ONE_DAY_SECONDS);
