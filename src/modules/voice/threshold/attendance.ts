import type { FactKind, PlaybackFact } from './playback-fact.js';
import type { Stretch } from './playing-time.js';

/** How someone has behaved up to the threshold. Anything but `listening` is for good. */
export type Standing = 'listening' | 'left_before_threshold' | 'returned' | 'deafened' | 'joined_late';

export interface Attendant {
  standing: Standing;
  /** When they were there and heard what played. */
  stays: Stretch[];
}

type Presence = 'hearing' | 'deaf' | 'away';

/** Follows who is in the channel of one playback. */
export class Attendance {
  readonly attendants = new Map<string, Attendant>();
  private readonly presences = new Map<string, Presence>();
  /** What is not named here is about the music. */
  private readonly effects: Partial<Record<FactKind, (fact: PlaybackFact) => void>> = {
    started: (fact) => {
      this.compare(fact, fact.atMs);
    },
    moved: (fact) => {
      this.compare(fact, fact.atMs);
    },
    returned: (fact) => {
      this.compare(fact, Math.min(fact.sinceMs ?? fact.atMs, fact.atMs));
    },
    joined: (fact) => {
      this.enter(fact.listeners, 'hearing', fact);
      this.enter(fact.deafened, 'deaf', fact);
    },
    left: ({ listeners, atMs }) => {
      listeners.forEach((id) => {
        this.leave(id, atMs);
      });
    },
    deafened: ({ listeners, atMs }) => {
      listeners.forEach((id) => {
        this.deafen(id, atMs);
      });
    },
    undeafened: ({ listeners, atMs }) => {
      const deaf = listeners.filter((id) => this.presences.get(id) === 'deaf');
      deaf.forEach((id) => {
        this.hear(id, atMs);
      });
    },
    ended: ({ atMs }) => {
      [...this.presences.keys()].forEach((id) => {
        this.stop(id, atMs);
      });
    },
  };

  /** @param thresholdAtMs what happens from then on costs nobody anything; `Infinity`: it was not reached */
  constructor(private readonly thresholdAtMs: number) {}

  see(fact: PlaybackFact): void {
    this.effects[fact.kind]?.(fact);
  }

  /** Everyone who is there is named: whoever else was there has left when they were last seen. */
  private compare(fact: PlaybackFact, lastSeenMs: number): void {
    const present = new Set([...fact.listeners, ...fact.deafened]);
    [...this.presences.keys()]
      .filter((id) => !present.has(id))
      .forEach((id) => {
        this.leave(id, lastSeenMs);
      });
    fact.deafened.forEach((id) => {
      this.deafen(id, lastSeenMs);
    });
    this.enter(fact.listeners, 'hearing', fact);
    this.enter(fact.deafened, 'deaf', fact);
  }

  private enter(ids: readonly string[], presence: 'hearing' | 'deaf', { kind, atMs }: PlaybackFact): void {
    for (const id of ids) {
      const before = this.presences.get(id);
      if (before === undefined) {
        const isThereFromTheStart = kind === 'started';
        const standing = presence === 'deaf' ? 'deafened' : 'listening';
        this.attendants.set(id, { standing: isThereFromTheStart ? standing : 'joined_late', stays: [] });
      } else if (before === 'away' && this.attendantOf(id).standing === 'left_before_threshold') {
        this.attendantOf(id).standing = 'returned';
      }
      if (presence === 'hearing') {
        this.hear(id, atMs);
      } else if (before === 'hearing') {
        this.deafen(id, atMs);
      } else {
        this.presences.set(id, 'deaf');
      }
    }
  }

  private hear(id: string, atMs: number): void {
    if (this.presences.get(id) !== 'hearing') {
      this.presences.set(id, 'hearing');
      this.attendantOf(id).stays.push({ fromMs: atMs, untilMs: Infinity });
    }
  }

  private leave(id: string, atMs: number): void {
    const before = this.presences.get(id);
    if (before !== undefined && before !== 'away') {
      this.stop(id, atMs);
      this.presences.set(id, 'away');
      this.spoil(id, 'left_before_threshold', atMs);
    }
  }

  private deafen(id: string, atMs: number): void {
    if (this.presences.get(id) === 'hearing') {
      this.stop(id, atMs);
      this.presences.set(id, 'deaf');
      this.spoil(id, 'deafened', atMs);
    }
  }

  private spoil(id: string, standing: Standing, atMs: number): void {
    const attendant = this.attendantOf(id);
    if (attendant.standing === 'listening' && atMs < this.thresholdAtMs) {
      attendant.standing = standing;
    }
  }

  private stop(id: string, atMs: number): void {
    const stay = this.attendantOf(id).stays.at(-1);
    if (stay && stay.untilMs === Infinity) {
      stay.untilMs = Math.max(stay.fromMs, atMs);
    }
  }

  private attendantOf(id: string): Attendant {
    const attendant = this.attendants.get(id);
    if (!attendant) {
      throw new Error('Whoever is present has been seen.');
    }
    return attendant;
  }
}
