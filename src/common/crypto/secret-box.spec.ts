import { randomBytes } from 'node:crypto';

import { SealedColumn } from './sealed-column.js';
import { SecretBox } from './secret-box.js';

const oldKey = { id: 'k1', key: randomBytes(32) };
const newKey = { id: 'k2', key: randomBytes(32) };
const column = new SealedColumn({ table: 'account', column: 'secret', id: 'id', context: 'account' });
const context = column.contextOf('1');

describe('SecretBox', () => {
  it('opens what it sealed, and never seals the same way twice', () => {
    const box = new SecretBox([oldKey]);
    const [first, second] = [box.seal('d580d57f', context), box.seal('d580d57f', context)];

    expect(first).not.toBe(second);
    expect(first).not.toContain('d580d57f');
    expect([box.open(first, context), box.open(second, context)]).toEqual(['d580d57f', 'd580d57f']);
  });

  it('opens old secrets after a rotation, and seals with the new key', () => {
    const sealedBefore = new SecretBox([oldKey]).seal('secret', context);
    const rotated = new SecretBox([newKey, oldKey]);

    expect(rotated.open(sealedBefore, context)).toBe('secret');
    expect(sealedBefore).toMatch(/^v1\.k1\./);
    expect(rotated.seal('secret', context)).toMatch(/^v1\.k2\./);
  });

  it('does not open a secret that was moved to another row', () => {
    const box = new SecretBox([oldKey]);
    expect(() => box.open(box.seal('secret', context), column.contextOf('2'))).toThrow();
  });

  it('does not open a secret that was changed', () => {
    const box = new SecretBox([oldKey]);
    const sealed = box.seal('secret', context);
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => box.open(changed, context)).toThrow();
  });

  it('names the missing key when it is no longer listed', () => {
    const sealed = new SecretBox([oldKey]).seal('secret', context);
    expect(() => new SecretBox([newKey]).open(sealed, context)).toThrow(/"k1"/);
  });
});
