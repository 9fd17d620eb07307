import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import type { EncryptionKey } from './secret-box.js';

const KEY_BYTES = 32;

/** What comparing a text with a kept hash says. */
export type HashComparison = 'same' | 'different' | 'key-gone';

/**
 * Hashes of texts that are easy to guess, so that a copy of the database alone does not tell them: HMAC-SHA-256 with keys
 * derived from ENCRYPTION_KEYS. A hash names its key (`keyId.hash`); while that key is listed, it can be compared.
 * The purpose is part of what is hashed: the same text kept for two purposes has two hashes that nobody can connect.
 */
export class KeyedHash {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly currentId: string;

  constructor(keys: readonly EncryptionKey[]) {
    const [current] = keys;
    if (!current) {
      throw new Error('A keyed hash needs at least one key.');
    }
    this.currentId = current.id;
    this.keys = new Map(
      keys.map(({ id, key }) => [id, Buffer.from(hkdfSync('sha256', key, '', 'keyed-hash', KEY_BYTES))]),
    );
  }

  of(text: string, purpose: string): string {
    return `${this.currentId}.${this.digest(this.currentId, text, purpose)?.toString('base64url') ?? ''}`;
  }

  /** In constant time for a given length. */
  compare(kept: string, text: string, purpose: string): HashComparison {
    const [keyId = '', hash = ''] = kept.split('.');
    const digest = this.digest(keyId, text, purpose);
    if (!digest) {
      return 'key-gone';
    }
    const expected = Buffer.from(hash, 'base64url');
    return expected.length === digest.length && timingSafeEqual(expected, digest) ? 'same' : 'different';
  }

  /** Whether a newer key than the one that made this is current. */
  isStale(kept: string): boolean {
    return kept.split('.')[0] !== this.currentId;
  }

  private digest(keyId: string, text: string, purpose: string): Buffer | null {
    const key = this.keys.get(keyId);
    return key ? createHmac('sha256', key).update(`${purpose}\0${text}`).digest() : null;
  }
}
