import { Injectable } from '@nestjs/common';
import { BehaviorSubject, filter, firstValueFrom, race, timer } from 'rxjs';

import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { LiveUpdates } from '../../../events/live-updates.js';
import { type DeliveryState, ScrobbleHistory, type ScrobbleRecord } from '../../scrobbling/index.js';

const UNDECIDED: readonly DeliveryState[] = ['queued', 'sending'];

export interface RecordedScrobble {
  userId: UserId;
  id: ScrobbleId;
}

/** Finds out what became of scrobbles, and waits a moment for those that are on their way. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly history: ScrobbleHistory,
    private readonly liveUpdates: LiveUpdates,
  ) {}

  /** They are recorded already: whatever happens while we wait, nothing of them is lost. */
  async waitFor(scrobbles: readonly RecordedScrobble[], waitMs: number): Promise<Map<ScrobbleId, ScrobbleRecord>> {
    const concerned = new Set(scrobbles.map(({ userId }) => userId));
    const revision = new BehaviorSubject(0);
    const listening = this.liveUpdates.changes().subscribe(({ userId }) => {
      if (concerned.has(userId)) {
        revision.next(revision.value + 1);
      }
    });
    const giveUpAt = performance.now() + waitMs;
    try {
      for (;;) {
        const before = revision.value;
        const records = await this.history.findOutcomes(scrobbles);
        const leftMs = giveUpAt - performance.now();
        if (leftMs <= 0 || ![...records.values()].some(({ state }) => UNDECIDED.includes(state))) {
          return records;
        }
        await firstValueFrom(race(revision.pipe(filter((now) => now !== before)), timer(leftMs)));
      }
    } finally {
      listening.unsubscribe();
    }
  }
}
