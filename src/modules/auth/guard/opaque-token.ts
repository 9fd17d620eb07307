import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A secret nobody can guess, and the hash of it that we keep. Random enough that a fast hash does. */
export function newOpaqueToken(prefix = ''): { token: string; hash: string } {
  const token = prefix + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashOf(token) };
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
