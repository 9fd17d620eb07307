import { Injectable } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId } from '../../../common/ids.js';
import type { Transaction } from '../../../events/unit-of-work.js';
import type { AccountMerge } from '../../lastfm/index.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { SAME_PLAY_SECONDS } from '../ledger/duplicate-rule.js';
import { type MergedPlay, resolveSamePlays } from './same-plays.js';

type Side = Omit<MergedPlay, 'goes'>;

const side = (alias: string): string => `json_build_object('id', ${alias}.id,
  'playedAtSeconds', floor(extract(epoch from ${alias}.played_at))::bigint, 'durationSeconds', ${alias}.duration_seconds,
  'state', ${alias}_delivery.state)`;

/** As in `DuplicateFinder`: of these the ledger keeps a record, but they are no original. */
const ORIGINAL_STATES = `('accepted', 'sending', 'queued', 'held', 'archived')`;

const PAIRS = `
  select ${side('from_play')} as "from", ${side('into_play')} as "into"
    from scrobble from_play
    join delivery from_play_delivery on from_play_delivery.user_id = from_play.user_id
     and from_play_delivery.scrobble_id = from_play.id and from_play_delivery.destination = $3
    join scrobble into_play on into_play.user_id = $2 and into_play.match_key = from_play.match_key
     and into_play.played_at between from_play.played_at - make_interval(secs => $4)
                                 and from_play.played_at + make_interval(secs => $4)
    join delivery into_play_delivery on into_play_delivery.user_id = into_play.user_id
     and into_play_delivery.scrobble_id = into_play.id and into_play_delivery.destination = $3
   where from_play.user_id = $1 and from_play_delivery.state in ${ORIGINAL_STATES}
     and into_play_delivery.state in ${ORIGINAL_STATES}`;

/** The queues of two users who become one, before anything of them is moved. Their lanes must be locked. */
@Injectable()
export class QueueMerges {
  constructor(private readonly clock: Clock) {}

  /** What both have of one play ends as one scrobble and a duplicate of it, whatever has become of the two so far. */
  async recordSamePlays({ manager }: Transaction, { fromUserId, intoUserId, goes }: AccountMerge): Promise<void> {
    const pairs: Array<{ from: Side; into: Side }> = await manager.query(PAIRS, [
      fromUserId,
      intoUserId,
      LASTFM,
      SAME_PLAY_SECONDS,
    ]);
    const duplicates = resolveSamePlays(
      pairs.map(({ from, into }) => [
        { ...from, goes: goes?.userId === fromUserId },
        { ...into, goes: goes?.userId === intoUserId },
      ]),
    );
    const params = [[fromUserId, intoUserId], LASTFM, [...duplicates.keys()], [...duplicates.values()]];
    await manager.query(
      `update delivery d
          set state = 'duplicate', reason = 'same_play', duplicate_of = n.original, next_attempt_at = null,
              missing_since = null, settled_at = $5
         from unnest($3::uuid[], $4::uuid[]) as n (id, original)
        where d.user_id = any($1::uuid[]) and d.destination = $2 and d.scrobble_id = n.id`,
      [...params, this.clock.now()],
    );
    await this.redirect(manager, params);
  }

  /** What was a duplicate of one that is a duplicate now is one of its original. */
  private async redirect(manager: Transaction['manager'], params: Array<ScrobbleId[] | string[] | string>) {
    await manager.query(
      `update delivery d set duplicate_of = n.original from unnest($3::uuid[], $4::uuid[]) as n (id, original)
        where d.user_id = any($1::uuid[]) and d.destination = $2 and d.state = 'duplicate' and d.duplicate_of = n.id`,
      params,
    );
  }

  /** The lane goes with its account, together with the lease of a call under way and what the day has had. */
  async keepLane({ manager }: Transaction, { fromUserId, intoUserId, keptOf }: AccountMerge): Promise<void> {
    const isFrom = keptOf === fromUserId;
    await manager.query('delete from delivery_lane where user_id = $1', [isFrom ? intoUserId : fromUserId]);
    if (isFrom) {
      await manager.query('update delivery_lane set user_id = $2 where user_id = $1', [fromUserId, intoUserId]);
    }
  }
}
