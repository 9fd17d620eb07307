import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId } from '../../../common/ids.js';
import { matchKey } from '../../playlists/index.js';
import type { DeliveryReason } from '../delivery/delivery-reason.js';
import { DELIVERABLE_MS, type DeliveryState, LASTFM } from '../delivery/delivery-state.js';
import type { Play } from './play.js';

export interface NewEntry {
  id: ScrobbleId;
  play: Play;
  state: DeliveryState;
  reason: DeliveryReason | null;
  nextAttemptAt: Date | null;
  duplicateOf: ScrobbleId | null;
}

/** Writes any number of scrobbles with their deliveries in two statements. */
@Injectable()
export class LedgerWriter {
  constructor(private readonly clock: Clock) {}

  async write(manager: EntityManager, entries: readonly NewEntry[]): Promise<void> {
    const now = this.clock.now();
    await manager.query(
      `insert into scrobble (user_id, id, artist, title, album, album_artist, duration_seconds, played_at, source,
                             provenance, chosen_by_user, match_key, run_id, import_id, created_at)
       select *, $15::timestamptz from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::int[], $8::timestamptz[], $9::text[], $10::text[], $11::boolean[], $12::text[], $13::uuid[], $14::uuid[])`,
      [...scrobbleColumns(entries), now],
    );
    await manager.query(
      `insert into delivery (user_id, scrobble_id, destination, state, reason, played_at, attempts, next_attempt_at,
                             deadline_at, duplicate_of, created_at, settled_at)
       select user_id, scrobble_id, $8, state, reason, played_at, 0, next_attempt_at,
              played_at + make_interval(secs => $9), duplicate_of, $10::timestamptz,
              case when state in ('queued', 'held') then null else $10::timestamptz end
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::uuid[])
           as d (user_id, scrobble_id, state, reason, played_at, next_attempt_at, duplicate_of)`,
      [...deliveryColumns(entries), LASTFM, DELIVERABLE_MS / 1000, now],
    );
  }
}

function scrobbleColumns(entries: readonly NewEntry[]): unknown[][] {
  const plays = entries.map(({ play }) => play);
  return [
    plays.map(({ userId }) => userId),
    entries.map(({ id }) => id),
    plays.map(({ artist }) => artist),
    plays.map(({ title }) => title),
    plays.map(({ album }) => album),
    plays.map(({ albumArtist }) => albumArtist),
    plays.map(({ durationSeconds }) => durationSeconds),
    plays.map(({ playedAt }) => playedAt),
    plays.map(({ source }) => source),
    plays.map(({ provenance }) => provenance),
    plays.map(({ chosenByUser }) => chosenByUser),
    plays.map(({ artist, title }) => matchKey(artist, title)),
    plays.map(({ runId }) => runId ?? null),
    plays.map(({ importId }) => importId ?? null),
  ];
}

function deliveryColumns(entries: readonly NewEntry[]): unknown[][] {
  return [
    entries.map(({ play }) => play.userId),
    entries.map(({ id }) => id),
    entries.map(({ state }) => state),
    entries.map(({ reason }) => reason),
    entries.map(({ play }) => play.playedAt),
    entries.map(({ nextAttemptAt }) => nextAttemptAt),
    entries.map(({ duplicateOf }) => duplicateOf),
  ];
}
