import { dictionary } from '@zxcvbn-ts/language-common';

import { SHORTEST_PASSWORD } from './password-length.js';

const COMMON = new Set(dictionary['passwords-common'].filter(({ length }) => length >= SHORTEST_PASSWORD));

/** Whether it is one of the passwords that whoever guesses tries first, in whichever case. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase());
}
