import { z } from 'zod';

import { isCommonPassword } from '../common-passwords.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../password-length.js';

/** A password someone chooses. */
export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `Must have at least ${SHORTEST_PASSWORD} characters.`)
  .max(LONGEST_PASSWORD)
  .refine((password) => !isCommonPassword(password), 'Too many people use this password. Choose another one.');
