import { createHash } from 'node:crypto';

import type { FlatParameters } from './flat-parameters.js';

const UNSIGNED = new Set(['format', 'callback', 'api_sig']);

/**
 * `md5(name value name value … secret)` over the raw UTF-8 values, sorted by the bytes of the names: `artist[10]` comes
 * before `artist[1]`. (`sort` compares UTF-16 units, which is the same for every name that a client could send.)
 */
export function signatureOf(parameters: FlatParameters, apiSecret: string): string {
  const base = [...parameters.names]
    .filter((name) => !UNSIGNED.has(name))
    .sort()
    .map((name) => `${name}${parameters.find(name) ?? ''}`)
    .join('');
  return createHash('md5')
    .update(base + apiSecret)
    .digest('hex');
}

/** Last.fm reads the hexadecimal digits in either case. */
export function isSignedWith(parameters: FlatParameters, apiSecret: string): boolean {
  return parameters.find('api_sig')?.toLowerCase() === signatureOf(parameters, apiSecret);
}
