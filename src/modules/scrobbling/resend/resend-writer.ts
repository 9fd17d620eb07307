import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { newId, type ScrobbleId, type UserId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import { matchKey } from '../../playlists/index.js';
import { LASTFM } from '../delivery/delivery-state.js';
import type { ScrobbleSource } from '../ledger/play.js';
import type { WaitingState } from '../ledger/waiting-state.js';
import type { EndedScrobble } from './ended-scrobble.js';

export interface RetryFilter {
  states: ReadonlyArray<'failed' | 'ignored'>;
  startDate?: Date | undefined;
  endDate?: Date | undefined;
  source?: ScrobbleSource | undefined;
}

const MATCHES = `
  d.state = any($3::text[]) and s.played_at >= coalesce($4, '-infinity'::timestamptz)
  and s.played_at < coalesce($5, 'infinity'::timestamptz) and s.source = coalesce($6, s.source)`;

const SELECT = `
  select s.id, s.artist, s.title, s.album, s.album_artist as "albumArtist", s.duration_seconds as "durationSeconds",
         s.played_at as "playedAt", s.source, d.state, d.missing_since as "missingSince", d.deadline_at as "deadlineAt",
         null as "namesBefore"
    from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
   where s.user_id = $1`;

/** Reads what has ended and writes that it is sent again. The user's lane must be locked: then nobody else does. */
@Injectable()
export class ResendWriter {
  constructor(private readonly clock: Clock) {}

  async find({ manager }: Transaction, userId: UserId, id: ScrobbleId): Promise<EndedScrobble | undefined> {
    const rows: EndedScrobble[] = await manager.query(`${SELECT} and s.id = $3`, [userId, LASTFM, id]);
    return rows[0];
  }

  /** What Last.fm would still take, oldest play first. */
  findEnded({ manager }: Transaction, userId: UserId, filter: RetryFilter): Promise<EndedScrobble[]> {
    return manager.query(`${SELECT} and ${MATCHES} and d.deadline_at > $7 order by s.played_at, s.id`, [
      ...matching(userId, filter),
      this.clock.now(),
    ]);
  }

  /** How much has ended that is too old for Last.fm. */
  async countTooOld({ manager }: Transaction, userId: UserId, filter: RetryFilter): Promise<number> {
    const [row]: Array<{ count: number }> = await manager.query(
      `select count(*)::int as count
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
        where s.user_id = $1 and ${MATCHES} and d.deadline_at <= $7`,
      [...matching(userId, filter), this.clock.now()],
    );
    return row?.count ?? 0;
  }

  /** Queues them again. The traces first: they keep how each had ended. */
  async write(tx: Transaction, userId: UserId, again: readonly EndedScrobble[], waiting: WaitingState): Promise<void> {
    await this.writeTraces(tx, userId, again);
    await tx.manager.query(
      `update delivery
          set state = $4, reason = $5, next_attempt_at = $6, verdict_code = null, verdict_message = null, corrected = null,
              missing_since = null, settled_at = null
        where user_id = $1 and destination = $2 and scrobble_id = any($3::uuid[])`,
      [userId, LASTFM, again.map(({ id }) => id), waiting.state, waiting.reason, waiting.nextAttemptAt],
    );
  }

  /** The names as the person corrected them. */
  async writeNames({ manager }: Transaction, userId: UserId, fixed: EndedScrobble): Promise<void> {
    const { id, artist, title, album, albumArtist, durationSeconds } = fixed;
    await manager.query(
      `update scrobble set artist = $3, title = $4, album = $5, album_artist = $6, duration_seconds = $7, match_key = $8
        where user_id = $1 and id = $2`,
      [userId, id, artist, title, album, albumArtist, durationSeconds, matchKey(artist, title)],
    );
  }

  private async writeTraces({ manager }: Transaction, userId: UserId, again: readonly EndedScrobble[]): Promise<void> {
    await manager.query(
      `insert into scrobble_resend (id, user_id, scrobble_id, previous_state, previous_reason, verdict_code,
                                    verdict_message, names_before, resent_at)
       select r.id, d.user_id, d.scrobble_id, d.state, d.reason, d.verdict_code, d.verdict_message, r.names_before, $3
         from unnest($4::uuid[], $5::uuid[], $6::jsonb[]) as r (id, scrobble_id, names_before)
         join delivery d on d.user_id = $1 and d.destination = $2 and d.scrobble_id = r.scrobble_id`,
      [
        userId,
        LASTFM,
        this.clock.now(),
        again.map(() => newId()),
        again.map(({ id }) => id),
        again.map(({ namesBefore }) => namesBefore && JSON.stringify(namesBefore)),
      ],
    );
  }
}

function matching(userId: UserId, { states, startDate, endDate, source }: RetryFilter): unknown[] {
  return [userId, LASTFM, states, startDate ?? null, endDate ?? null, source ?? null];
}
