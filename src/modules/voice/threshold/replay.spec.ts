import type { FactKind, PlaybackFact } from './playback-fact.js';
import { overlapMs } from './playing-time.js';
import { outcomeFor, replay } from './replay.js';

const THRESHOLD = 30_000;
const LATER = 3_600_000;

const fact = (seconds: number, kind: FactKind, more: Partial<PlaybackFact> = {}): PlaybackFact => ({
  kind,
  atMs: seconds * 1000,
  listeners: [],
  deafened: [],
  sinceMs: null,
  endedBecause: null,
  ...more,
});
const of = (...listeners: string[]): Partial<PlaybackFact> => ({ listeners });
const started = fact(0, 'started', of('ada', 'grace'));
const ended = (seconds: number, endedBecause: PlaybackFact['endedBecause'] = 'finished'): PlaybackFact =>
  fact(seconds, 'ended', { endedBecause });

/** What becomes of Ada. */
const outcome = (facts: PlaybackFact[], thresholdMs: number | null = THRESHOLD, seenUntilMs = LATER) => {
  const story = replay([started, ...facts], thresholdMs);
  return outcomeFor(story.attendants.get('ada')!, story, seenUntilMs);
};

describe('replay', () => {
  it('scrobbles for who is there from the start up to the threshold', () => {
    expect(outcome([])).toBe('scrobbled');
    expect(outcome([fact(30, 'left', of('ada'))])).toBe('scrobbled');
    expect(outcome([ended(30)])).toBe('scrobbled');
    expect(outcome([fact(31, 'deafened', of('ada'))])).toBe('scrobbled');
  });

  it('decides nothing that the player has not been seen to reach', () => {
    expect(outcome([], THRESHOLD, 29_999)).toBe('listening');
    expect(outcome([], THRESHOLD, 30_000)).toBe('scrobbled');
  });

  it('does not for who leaves, returns, is deafened or comes late', () => {
    expect(outcome([fact(29, 'left', of('ada'))])).toBe('left_before_threshold');
    expect(outcome([fact(5, 'left', of('ada')), fact(6, 'joined', of('ada'))])).toBe('returned');
    expect(outcome([fact(5, 'deafened', of('ada')), fact(6, 'undeafened', of('ada'))])).toBe('deafened');
    const late = replay([started, fact(1, 'joined', of('late'))], THRESHOLD);
    expect(outcomeFor(late.attendants.get('late')!, late, LATER)).toBe('joined_late');
    const deaf = replay([fact(0, 'started', { deafened: ['deaf'] }), fact(1, 'undeafened', of('deaf'))], THRESHOLD);
    expect(outcomeFor(deaf.attendants.get('deaf')!, deaf, LATER)).toBe('deafened');
  });

  it('counts no pause, and holds a leave in a pause against who leaves', () => {
    const paused = [fact(10, 'paused'), fact(100, 'resumed')];
    expect(replay([started, ...paused], THRESHOLD).dueAtMs).toBe(120_000);
    expect(replay([started, fact(10, 'paused')], THRESHOLD).dueAtMs).toBeNull();
    expect(outcome([...paused, fact(119, 'left', of('ada'))])).toBe('left_before_threshold');
    expect(outcome([...paused, fact(50, 'left', of('ada')), fact(51, 'joined', of('ada'))])).toBe('returned');
    expect(outcome([...paused, ended(119)])).toBe('track_ended_early');
  });

  it('counts what is heard after a seek like anything else', () => {
    expect(replay([started, fact(5, 'seeked')], THRESHOLD).dueAtMs).toBe(30_000);
    expect(outcome([fact(5, 'seeked'), ended(12)])).toBe('track_ended_early');
  });

  it('says what ended a track before its threshold', () => {
    expect(outcome([ended(29, 'skipped')])).toBe('track_ended_early');
    expect(outcome([ended(29, 'bot_disconnected')])).toBe('bot_disconnected');
    expect(outcome([ended(29, 'node_failed')])).toBe('node_failed');
    expect(outcome([ended(29, 'player_silent')])).toBe('player_silent');
    expect(outcome([ended(31, 'bot_disconnected')])).toBe('scrobbled');
    expect(outcome([fact(3, 'left', of('ada')), ended(9, 'bot_disconnected')])).toBe('left_before_threshold');
    expect(outcome([ended(20)], null)).toBe('track_too_short');
  });

  it('waits for a node that broke', () => {
    const broken = [fact(20, 'node_failed'), fact(40, 'resumed')];
    expect(replay([started, ...broken], THRESHOLD).dueAtMs).toBe(50_000);
    expect(outcome(broken)).toBe('scrobbled');
  });

  it('does not count a gap as heard, and keeps whoever is there on both sides', () => {
    const back = (...listeners: string[]): PlaybackFact => fact(25, 'returned', { listeners, sinceMs: 20_000 });
    const story = replay([started, back('ada', 'new')], THRESHOLD);
    expect(story.dueAtMs).toBe(35_000);
    expect([...story.attendants].map(([id, attendant]) => [id, outcomeFor(attendant, story, LATER)])).toEqual([
      ['ada', 'scrobbled'],
      ['grace', 'left_before_threshold'],
      ['new', 'joined_late'],
    ]);
    expect(outcome([fact(25, 'returned', { deafened: ['ada'], sinceMs: 20_000 })])).toBe('deafened');
    expect(outcome([fact(10, 'paused'), back('ada'), fact(40, 'resumed')], THRESHOLD, 59_000)).toBe('listening');
    expect(outcome([fact(50, 'returned', { listeners: ['grace'], sinceMs: 40_000 })])).toBe('scrobbled');
  });

  it('takes a move of the player for a look at who comes along', () => {
    expect(outcome([fact(5, 'moved', of('ada'))])).toBe('scrobbled');
    expect(outcome([fact(5, 'moved', of('grace'))])).toBe('left_before_threshold');
  });

  it('makes the same of facts in any order, and of what says nothing new', () => {
    const facts = [fact(5, 'left', of('ada')), fact(6, 'joined', of('ada')), fact(10, 'paused'), ended(12)];
    expect(outcome(facts.toReversed())).toBe(outcome(facts));
    expect(outcome([fact(3, 'joined', of('ada')), fact(4, 'resumed'), fact(4, 'left', of('nobody'))])).toBe(
      'scrobbled',
    );
    expect(outcome([fact(7, 'undeafened', of('ada')), ended(31), fact(40, 'resumed')])).toBe('scrobbled');
  });

  it('knows how much each has heard', () => {
    const facts = [
      started,
      fact(10, 'paused'),
      fact(20, 'resumed'),
      fact(30, 'left', of('ada')),
      fact(40, 'joined', of('ada')),
      ended(60),
    ];
    const { time, attendants } = replay(facts, THRESHOLD);
    expect(overlapMs(time, attendants.get('ada')!.stays, LATER)).toBe(40_000);
    expect(overlapMs(time, attendants.get('grace')!.stays, LATER)).toBe(50_000);
    expect(overlapMs(time, attendants.get('grace')!.stays, 25_000)).toBe(15_000);
  });
});
