import { createHash } from 'node:crypto';

const UNSIGNED = new Set(['format', 'callback', 'api_sig']);

/**
 * `api_sig`: MD5 over every name and value, sorted by the bytes of the name, and the shared secret. JavaScript's default
 * sort is the right order ("artist[10]" before "artist[1]"); a localised or numeric one is wrong.
 * @see https://www.last.fm/api/authspec section 8
 */
export function lastfmSignature(params: Readonly<Record<string, string>>, sharedSecret: string): string {
  const base = Object.keys(params)
    .filter((name) => !UNSIGNED.has(name))
    .sort()
    .map((name) => `${name}${params[name] ?? ''}`)
    .join('');
  return createHash('md5')
    .update(base + sharedSecret, 'utf8')
    .digest('hex');
}
