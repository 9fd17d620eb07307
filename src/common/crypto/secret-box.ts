import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { SealingContext } from './sealed-column.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/**
 * Encrypts secrets at rest with AES-256-GCM. A sealed secret names the key that sealed it (`v1.keyId.payload`), so keys
 * rotate: new secrets use the first key, old ones open with any key that is still listed. The context (such as
 * `lastfm-account:<user id>`, from a `SealedColumn`) is authenticated too, so that a sealed value moved to another row does not open there.
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly current: EncryptionKey;

  constructor(keys: readonly EncryptionKey[]) {
    const [current] = keys;
    if (!current) {
      throw new Error('A secret box needs at least one key.');
    }
    this.current = current;
    this.keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  seal(secret: string, context: SealingContext): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.current.key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.current.id}.${sealed.toString('base64url')}`;
  }

  /** @throws Error when the key is no longer listed, the context differs, or the value was tampered with. */
  open(sealed: string, context: SealingContext): string {
    const [version, keyId = '', payload = ''] = sealed.split('.');
    const key = this.keys.get(keyId);
    if (version !== VERSION || !key) {
      throw new Error(`This secret was sealed with the key "${keyId}", which ENCRYPTION_KEYS does not list.`);
    }
    const bytes = Buffer.from(payload, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  }

  /** The key that seals from now on; sealed values name theirs after the first dot. */
  get currentKeyId(): string {
    return this.current.id;
  }
}
