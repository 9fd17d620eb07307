import fc from 'fast-check';

import type { FactKind, PlaybackFact } from './playback-fact.js';
import { overlapMs } from './playing-time.js';
import { outcomeFor, replay } from './replay.js';

const PEOPLE = ['ada', 'grace', 'alan'] as const;
type Person = (typeof PEOPLE)[number];

const KINDS = ['paused', 'resumed', 'seeked', 'node_failed', 'joined', 'left', 'deafened', 'undeafened'] as const;
const person = fc.constantFrom(...PEOPLE);
const step = fc.record({
  waitSeconds: fc.nat(12),
  kind: fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom<FactKind>(...KINDS) },
    { weight: 2, arbitrary: fc.constant<FactKind>('returned') },
    { weight: 1, arbitrary: fc.constant<FactKind>('ended') },
  ),
  who: person,
  gapSeconds: fc.nat(8),
  room: fc.uniqueArray(person),
});
const evening = fc.record({
  thresholdSeconds: fc.integer({ min: 1, max: 40 }),
  atStart: fc.uniqueArray(person),
  deafAtStart: fc.uniqueArray(person),
  steps: fc.array(step, { maxLength: 25 }),
});
type Evening = typeof evening extends fc.Arbitrary<infer Value> ? Value : never;

const EVERYONE_CHANGES: readonly FactKind[] = ['started', 'returned'];

function factsOf({ atStart, deafAtStart, steps }: Evening): PlaybackFact[] {
  const none = { listeners: [], deafened: [], sinceMs: null, endedBecause: null };
  const deafened = deafAtStart.filter((who) => !atStart.includes(who));
  const facts: PlaybackFact[] = [{ ...none, kind: 'started', atMs: 0, listeners: atStart, deafened }];
  let seconds = 0;
  for (const { waitSeconds, kind, who, gapSeconds, room } of steps) {
    seconds += waitSeconds;
    const sinceMs = kind === 'returned' ? seconds * 1000 : null;
    seconds += kind === 'returned' ? gapSeconds : 0;
    const endedBecause = kind === 'ended' ? 'finished' : null;
    const listeners = EVERYONE_CHANGES.includes(kind) ? room : [who];
    facts.push({ ...none, kind, atMs: seconds * 1000, listeners, sinceMs, endedBecause });
  }
  return facts;
}

interface Counted {
  wasThere: boolean;
  isThere: boolean;
  isDeaf: boolean;
  isSpoilt: boolean;
  heard: number;
  heardInAll: number;
}

/** A watchman with a stopwatch: second by second, who hears the music. */
class Watchman {
  readonly people = new Map<Person, Counted>();
  private isPlaying = true;
  private isOver = false;
  private played = 0;

  constructor(private readonly thresholdSeconds: number) {
    for (const who of PEOPLE) {
      const counted = { wasThere: false, isThere: false, isDeaf: false, isSpoilt: false, heard: 0, heardInAll: 0 };
      this.people.set(who, counted);
    }
  }

  watch(facts: readonly PlaybackFact[], lastSecond: number): void {
    for (let second = 0; second <= lastSecond; second += 1) {
      for (const fact of facts.filter(({ atMs }) => atMs === second * 1000)) {
        this.note(fact);
      }
      const isUnseen = facts.some(
        ({ sinceMs, atMs }) => sinceMs !== null && sinceMs <= second * 1000 && second * 1000 < atMs,
      );
      if (this.isPlaying && !this.isOver && !isUnseen) {
        this.countSecond();
      }
    }
  }

  private note({ kind, listeners, deafened }: PlaybackFact): void {
    if (this.isOver) {
      return;
    }
    this.isPlaying = kind === 'resumed' || (this.isPlaying && kind !== 'paused' && kind !== 'node_failed');
    this.isOver = kind === 'ended';
    for (const [who, counted] of this.people) {
      const isNamed = listeners.includes(who) || deafened.includes(who);
      if (kind === 'started') {
        Object.assign(counted, { wasThere: listeners.includes(who), isThere: isNamed, isDeaf: deafened.includes(who) });
      } else if (kind === 'returned') {
        this.change(counted, isNamed, false);
      } else if (isNamed) {
        this.change(counted, isThereAfter(kind, counted), isDeafAfter(kind, counted));
      }
    }
  }

  private change(counted: Counted, isThere: boolean, isDeaf: boolean): void {
    const heardBefore = counted.isThere && !counted.isDeaf;
    Object.assign(counted, { isThere, isDeaf });
    counted.isSpoilt ||= heardBefore && !(isThere && !isDeaf) && this.played < this.thresholdSeconds;
  }

  private countSecond(): void {
    this.played += 1;
    for (const counted of this.people.values()) {
      const hears = counted.isThere && !counted.isDeaf ? 1 : 0;
      counted.heardInAll += hears;
      counted.heard += this.played <= this.thresholdSeconds ? hears : 0;
    }
  }
}

function isThereAfter(kind: FactKind, { isThere }: Counted): boolean {
  return kind === 'joined' || (isThere && kind !== 'left');
}

function isDeafAfter(kind: FactKind, { isDeaf }: Counted): boolean {
  return kind === 'deafened' || (isDeaf && kind !== 'undeafened' && kind !== 'joined');
}

describe('the decision on each listener', () => {
  it('is that of a watchman who counts seconds', () => {
    fc.assert(
      fc.property(evening, (any) => {
        const facts = factsOf(any);
        const lastSecond = (facts.at(-1)?.atMs ?? 0) / 1000 + 60;
        const watchman = new Watchman(any.thresholdSeconds);
        watchman.watch(facts, lastSecond);

        const story = replay(facts, any.thresholdSeconds * 1000);

        for (const [who, { wasThere, isSpoilt, heard, heardInAll }] of watchman.people) {
          const attendant = story.attendants.get(who);
          const outcome = attendant && outcomeFor(attendant, story, Infinity);
          const isEarned = wasThere && !isSpoilt && heard === any.thresholdSeconds;
          expect([who, outcome === 'scrobbled']).toEqual([who, isEarned]);
          const heardMs = attendant ? overlapMs(story.time, attendant.stays, (lastSecond + 1) * 1000) : 0;
          expect([who, heardMs]).toEqual([who, heardInAll * 1000]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same in whichever order the facts come in', () => {
    fc.assert(
      fc.property(evening, fc.nat(), (any, seed) => {
        // Of two at the same moment the order does say something.
        const facts = factsOf(any).filter(
          ({ atMs }, index, all) => all.findIndex((one) => one.atMs === atMs) === index,
        );
        const shuffled = facts.toSorted((one, other) => ((one.atMs * 7 + seed) % 13) - ((other.atMs * 7 + seed) % 13));
        const outcomes = (list: PlaybackFact[]) => {
          const story = replay(list, any.thresholdSeconds * 1000);
          return PEOPLE.map((who) => {
            const attendant = story.attendants.get(who);
            return attendant && outcomeFor(attendant, story, Infinity);
          });
        };
        expect(outcomes(shuffled)).toEqual(outcomes(facts));
      }),
    );
  });
});
