import { z } from 'zod';

/** An IANA name that this Node knows. */
export const timeZoneField = z
  .string()
  .max(64)
  .refine((name) => isTimeZone(name), 'Must be the name of a time zone, such as Europe/Berlin.');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
