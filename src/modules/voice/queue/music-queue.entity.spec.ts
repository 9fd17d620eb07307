import { MusicQueue, type QueueEntry } from './music-queue.entity.js';

const entry = (title: string): QueueEntry => ({
  id: title,
  encoded: null,
  artist: 'Air',
  title,
  album: null,
  durationSeconds: 60,
  uri: null,
  requestedBy: '1',
});

describe('MusicQueue', () => {
  const queueOf = (...titles: string[]): MusicQueue => {
    const place = { voiceChannelId: '2', textChannelId: '3' };
    const queue = MusicQueue.open('1', place, new Date('2026-01-15T12:00:00Z'));
    queue.add(titles.map(entry));
    return queue;
  };
  const titles = ({ entries }: MusicQueue) => entries.map(({ title }) => title).join(' ');

  it('plays one after the other, then nothing', () => {
    const queue = queueOf('a', 'b');

    expect([queue.advance('ended')?.title, queue.advance('skipped')?.title, queue.advance('ended')]).toEqual([
      'a',
      'b',
      null,
    ]);
  });

  it('plays a looped track again when it ends, and not when it is skipped or fails', () => {
    const queue = queueOf('a', 'b', 'c');
    queue.advance('ended');
    queue.loop = 'track';

    expect([queue.advance('ended')?.title, queue.advance('skipped')?.title, queue.advance('failed')?.title]).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('plays a looped queue for ever, without what fails', () => {
    const queue = queueOf('a', 'b', 'c');
    queue.loop = 'queue';
    const played = ['ended', 'skipped', 'failed', 'ended', 'ended'] as const;

    expect(played.map((why) => queue.advance(why)?.title).join(' ')).toBe('a b c a c');
  });

  it('moves and removes by the places that people see', () => {
    const queue = queueOf('a', 'b', 'c', 'd');

    queue.move(1, 3);
    expect(titles(queue)).toBe('b c a d');
    expect(queue.remove(2).title).toBe('c');
    expect(titles(queue)).toBe('b a d');
    expect(() => queue.remove(4)).toThrow('places 1 to 3');
    expect(() => queue.move(1, 0)).toThrow('places 1 to 3');
    expect(titles(queue)).toBe('b a d');
  });

  it('keeps everything when it is shuffled, and refuses what is too much', () => {
    const queue = queueOf('a', 'b', 'c');
    let seed = 3;

    queue.shuffle(() => (seed -= 1));
    expect(titles(queue)).toBe('c b a');
    expect(() => queue.add(Array.from({ length: 498 }, () => entry('x')))).toThrow('at most 500');
    expect(queue.entries).toHaveLength(3);
  });
});
