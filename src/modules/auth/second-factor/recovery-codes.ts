import { randomBytes } from 'node:crypto';

const HOW_MANY = 10;
/** Crockford's: nothing in it looks like something else. Five bits a letter. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits: nobody finds them from their hashes, and nobody by trying. */
const LENGTH = 16;

/** New codes, as people write them down: `0b3k-9xqz-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return letters.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** A code as it is compared: however it was typed, with blanks, dashes or in capitals. */
export function plainCode(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '').toLowerCase();
}

/** Codes of an app are shorter. */
export function isRecoveryCode(plain: string): boolean {
  return plain.length === LENGTH;
}
