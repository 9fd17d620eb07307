import { randomBytes } from 'node:crypto';

import { KeyedHash } from './keyed-hash.js';

const key = (id: string) => ({ id, key: randomBytes(32) });

describe('a keyed hash', () => {
  const old = key('old');
  const hashes = new KeyedHash([old]);

  it('knows the text it was made of, and no other', () => {
    const kept = hashes.of('Firefox on Linux', 'browser');

    expect(hashes.compare(kept, 'Firefox on Linux', 'browser')).toBe('same');
    expect(hashes.compare(kept, 'Firefox on macOS', 'browser')).toBe('different');
    expect(hashes.compare(kept, 'Firefox on Linux', 'something else')).toBe('different');
    expect(hashes.compare('old.', 'Firefox on Linux', 'browser')).toBe('different');
  });

  it('is another with another key, even one of the same name', () => {
    const elsewhere = new KeyedHash([key('old')]);

    expect(elsewhere.compare(hashes.of('text', 'x'), 'text', 'x')).toBe('different');
  });

  it('can be compared after a rotation for as long as its key is listed', () => {
    const kept = hashes.of('text', 'x');
    const rotated = new KeyedHash([key('new'), old]);

    expect(rotated.compare(kept, 'text', 'x')).toBe('same');
    expect([rotated.isStale(kept), rotated.isStale(rotated.of('text', 'x'))]).toEqual([true, false]);
    expect(new KeyedHash([key('new')]).compare(kept, 'text', 'x')).toBe('key-gone');
  });

  it('refuses to do without a key', () => {
    expect(() => new KeyedHash([])).toThrow('at least one key');
  });
});
