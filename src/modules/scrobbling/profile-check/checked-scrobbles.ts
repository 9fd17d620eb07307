import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { type LastfmAccount, LastfmAccountsService } from '../../lastfm/index.js';
import { LASTFM } from '../delivery/delivery-state.js';

export interface AcceptedScrobble {
  id: ScrobbleId;
  /** As Last.fm corrected them: so they stand on the profile. */
  artist: string;
  title: string;
  playedAt: Date;
}

/** The ledger's side of a profile check. */
@Injectable()
export class CheckedScrobbles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: LastfmAccountsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Plays of that span that were sent to this account and accepted, oldest first.
   * @param settledBefore what was accepted later may not be shown yet
   */
  findAccepted(account: LastfmAccount, from: Date, until: Date, settledBefore: Date): Promise<AcceptedScrobble[]> {
    return this.dataSource.query(
      `select s.id, coalesce(d.corrected ->> 'artist', s.artist) as artist,
              coalesce(d.corrected ->> 'title', s.title) as title, date_trunc('second', s.played_at) as "playedAt"
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
        where s.user_id = $1 and s.played_at >= $3 and s.played_at < $4 and d.state = 'accepted'
          and d.sent_at >= $5 and d.settled_at <= $6
        order by s.played_at, s.id`,
      [account.userId, LASTFM, from, until, account.sameSince, settledBefore],
    );
  }

  /** Marks what is missing and unmarks what has turned up. */
  async mark(userId: UserId, found: ReadonlyArray<{ id: ScrobbleId; isShown: boolean }>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [, changed]: [unknown[], number] = await tx.manager.query(
        `update delivery d set missing_since = case when f.is_shown then null else $5::timestamptz end
           from unnest($3::uuid[], $4::boolean[]) as f (scrobble_id, is_shown)
          where d.user_id = $1 and d.destination = $2 and d.scrobble_id = f.scrobble_id and d.state = 'accepted'
            and (d.missing_since is null) = (not f.is_shown)`,
        [userId, LASTFM, found.map(({ id }) => id), found.map(({ isShown }) => isShown), this.clock.now()],
      );
      if (changed > 0) {
        await tx.updateLive(userId, { kind: 'scrobble', ids: [] });
      }
    });
  }

  /** The account has been checked; its user hears of what was not missing when it was checked the last time. */
  async finish(account: LastfmAccount): Promise<void> {
    const { userId } = account;
    await this.unitOfWork.run(async (tx) => {
      const checkedAt = this.clock.now();
      if (!(await this.accounts.rememberProfileCheck(tx, account, checkedAt))) {
        return; // Another account has taken its place.
      }
      const count = await this.countMissingSince(tx, account);
      if (count > 0) {
        await tx.publishDurably('scrobbles.missing', { userId, count, checkedAt: checkedAt.toISOString() });
      }
    });
  }

  private async countMissingSince({ manager }: Transaction, account: LastfmAccount): Promise<number> {
    const [row]: Array<{ count: number }> = await manager.query(
      `select count(*)::int as count from delivery
        where user_id = $1 and destination = $2 and state = 'accepted'
          and missing_since > coalesce($3, '-infinity'::timestamptz)`,
      [account.userId, LASTFM, account.profileCheckedAt],
    );
    return row?.count ?? 0;
  }
}
