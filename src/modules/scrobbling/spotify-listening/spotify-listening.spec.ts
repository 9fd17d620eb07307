import type { UserId } from '../../../common/ids.js';
import { SpotifyListening } from './spotify-listening.entity.js';

const START = new Date('2026-01-15T12:00:00Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const song = { artist: 'Otis Neon', title: 'Lucy', album: 'Lucy', durationSeconds: 130 };
const played = (seconds: number) => ({ ...song, playedAt: at(seconds) });
const listening = () => SpotifyListening.of('a-user' as UserId, START);

describe('listening at Spotify', () => {
  it('takes each play once, in whatever order Spotify tells of them, and nothing from before it was wished for', () => {
    const one = listening();

    expect(one.takeNew([played(-10), played(100)])).toEqual([played(100)]);
    expect(one.takeNew([played(50), played(100), played(200), played(200)])).toEqual([played(50), played(200)]);
    expect(one.takeNew([played(50), played(100), played(200)])).toEqual([]);
  });

  it('announces a song once, and again when it begins once more', () => {
    const one = listening();

    expect(one.takeCurrent(null, START)).toBe(false);
    expect(one.takeCurrent(song, START)).toBe(true);
    expect(one.takeCurrent(song, at(60))).toBe(false);
    expect(one.takeCurrent({ ...song, title: 'Hover' }, at(70))).toBe(true);
    expect(one.takeCurrent(song, at(80))).toBe(true);
    expect(one.takeCurrent(song, at(80 + 130))).toBe(true);
  });

  it('looks more rarely while nothing plays, and ever more rarely while it cannot look', () => {
    const one = listening();
    const problem = { code: 'x', message: 'y' };

    one.settle(true, START);
    expect(one.dueAt).toEqual(at(30));
    one.settle(false, START);
    expect(one.dueAt).toEqual(at(120));
    const waits = Array.from({ length: 7 }, () => {
      one.stumble(problem, START, null);
      return (one.dueAt.getTime() - START.getTime()) / 60_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    one.stumble(problem, START, at(7));
    expect(one.dueAt).toEqual(at(7));
    one.settle(true, START);
    expect([one.problem, one.failures]).toEqual([null, 0]);
  });
});
