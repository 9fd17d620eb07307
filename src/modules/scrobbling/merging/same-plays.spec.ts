import type { ScrobbleId } from '../../../common/ids.js';
import { type MergedPlay, resolveSamePlays } from './same-plays.js';

const play = (id: string, changes: Partial<MergedPlay> = {}): MergedPlay => ({
  id: id as ScrobbleId,
  playedAtSeconds: 1000,
  durationSeconds: 180,
  state: 'queued',
  goes: false,
  ...changes,
});

const resolved = (...pairs: Array<[MergedPlay, MergedPlay]>) => Object.fromEntries(resolveSamePlays(pairs));

describe('resolveSamePlays', () => {
  it.each([
    { stays: 'accepted', over: 'queued' },
    { stays: 'accepted', over: 'sending' },
    { stays: 'sending', over: 'queued' },
    { stays: 'sending', over: 'held' },
    { stays: 'held', over: 'archived' },
  ] as const)('lets what is $stays stay, and what is $over become its duplicate', ({ stays, over }) => {
    expect(resolved([play('a', { state: over }), play('b', { state: stays })])).toEqual({ a: 'b' });
    expect(resolved([play('b', { state: stays }), play('a', { state: over })])).toEqual({ a: 'b' });
  });

  it('lets what waits for the account that stays go, though the account that goes has it already', () => {
    const pair: [MergedPlay, MergedPlay] = [play('a', { state: 'accepted', goes: true }), play('b')];
    expect(resolved(pair)).toEqual({ a: 'b' });
  });

  it('lets what has arrived anywhere stay over what is too old to be sent', () => {
    const pair: [MergedPlay, MergedPlay] = [
      play('a', { state: 'accepted', goes: true }),
      play('b', { state: 'archived' }),
    ];
    expect(resolved(pair)).toEqual({ b: 'a' });
  });

  it('keeps a real repeat, and a short track that started again', () => {
    expect(resolved([play('a'), play('b', { playedAtSeconds: 1031 })])).toEqual({});
    expect(resolved([play('a', { durationSeconds: 10 }), play('b', { playedAtSeconds: 1010 })])).toEqual({});
  });

  it('never makes a play the duplicate of a duplicate', () => {
    const [a, b, c] = [
      play('a', { state: 'accepted' }),
      play('b', { state: 'sending', playedAtSeconds: 1020 }),
      play('c', { playedAtSeconds: 1040 }),
    ];
    expect(resolved([a, b], [c, b])).toEqual({ b: 'a' });
  });
});
