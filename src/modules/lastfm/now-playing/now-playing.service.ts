import { setTimeout as delay } from 'node:timers/promises';

import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { newId, type UserId } from '../../../common/ids.js';
import { LastfmAccount } from '../accounts/lastfm-account.entity.js';
import { LastfmAccountsService } from '../accounts/lastfm-accounts.service.js';
import { LastfmCallError } from '../api/lastfm-call-error.js';
import { LastfmClient } from '../api/lastfm-client.js';
import type { AnnouncedTrack } from '../api/scrobble-params.js';
import { CallBudget } from '../call-budget/call-budget.service.js';
import type { CallPermit } from '../call-budget/call-permit.js';
import { LastfmUnavailableError } from '../lastfm.errors.js';

/** What is announced later than that after its start says nothing true any more. */
const WORTH_SAYING_MS = 30_000;
const ASK_AGAIN_MS = 500;

/** What became of an announcement. `superseded`: a later one of the account went instead. */
export type Announcement =
  | { kind: 'shown' }
  | { kind: 'ignored'; message: string }
  | { kind: 'superseded' }
  | { kind: 'dropped'; code: 'lastfm_account_not_linked' | 'lastfm_key_rejected' | 'lastfm_unavailable' | 'too_late' }
  | { kind: 'failed'; message: string };

/** For how long an announcement is true. */
export interface AnnouncedMoment {
  /** When the track started. */
  since: Date;
  /** Whether it still plays. */
  isStillTrue: () => Promise<boolean>;
}

/**
 * Tells Last.fm what plays at this moment. There is no queue: the latest announcement of an account wins, at all replicas
 * together; one that comes too late is dropped, and none is made twice. It goes before any backlog of scrobbles.
 */
@Injectable()
export class NowPlaying {
  private readonly logger = new Logger(NowPlaying.name);

  constructor(
    @InjectRepository(LastfmAccount) private readonly repository: Repository<LastfmAccount>,
    private readonly accounts: LastfmAccountsService,
    private readonly callBudget: CallBudget,
    private readonly client: LastfmClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Never throws for what Last.fm or the account is to blame for. To be called outside any transaction.
   * @param moment unset: it has just started, and whoever announces does not know how long it plays
   */
  async announce(userId: UserId, track: AnnouncedTrack, moment?: AnnouncedMoment): Promise<Announcement> {
    const announcementId = newId();
    const { since, isStillTrue } = moment ?? { since: this.clock.now(), isStillTrue: () => Promise.resolve(true) };
    if (!(await this.isLatest(userId, announcementId))) {
      return { kind: 'superseded' };
    }
    const permit = await this.waitForPermit(isStillTrue);
    if (!permit) {
      return { kind: 'dropped', code: 'lastfm_unavailable' };
    }
    const account = await this.accounts.find(userId);
    const isOver = !(await isStillTrue());
    const reason = account ? this.whyNot(account, announcementId, since, isOver) : 'lastfm_account_not_linked';
    if (!account || reason !== null) {
      await this.callBudget.giveBack([permit]);
      return reason === null || reason === 'superseded' ? { kind: 'superseded' } : { kind: 'dropped', code: reason };
    }
    return this.call(permit, account, track);
  }

  /** Of two announcements the one that began later stays, whichever asks first. */
  private async isLatest(userId: UserId, announcementId: string): Promise<boolean> {
    const [, updated]: [unknown[], number] = await this.repository.query(
      `update lastfm_account set announcement_id = $2
        where user_id = $1 and (announcement_id is null or announcement_id < $2)`,
      [userId, announcementId],
    );
    return updated > 0 || !(await this.repository.existsBy({ userId }));
  }

  private whyNot(
    { announcementId: latest, state }: LastfmAccount,
    announcementId: string,
    since: Date,
    isOver: boolean,
  ): 'superseded' | 'lastfm_key_rejected' | 'too_late' | null {
    if (latest !== announcementId) {
      return 'superseded';
    }
    if (state === 'rejected') {
      return 'lastfm_key_rejected';
    }
    return isOver || this.clock.now().getTime() - since.getTime() > WORTH_SAYING_MS ? 'too_late' : null;
  }

  /** A place in the budget, however many others announce at this moment; null when none comes in time. */
  private async waitForPermit(isStillTrue: AnnouncedMoment['isStillTrue']): Promise<CallPermit | null> {
    const giveUpAt = performance.now() + WORTH_SAYING_MS;
    for (;;) {
      try {
        return await this.callBudget.acquire();
      } catch (error) {
        if (!(error instanceof LastfmUnavailableError)) {
          throw error;
        }
        if (performance.now() > giveUpAt || (await this.callBudget.findHalt())) {
          return null;
        }
        await delay(ASK_AGAIN_MS);
        if (!(await isStillTrue())) {
          return null;
        }
      }
    }
  }

  private async call(permit: CallPermit, account: LastfmAccount, track: AnnouncedTrack): Promise<Announcement> {
    if (!this.accounts.isReadable(account)) {
      await this.callBudget.giveBack([permit]);
      return { kind: 'dropped', code: 'lastfm_unavailable' };
    }
    const { sessionKey } = this.accounts.access(account);
    try {
      const { code, message } = await this.client.updateNowPlaying(permit, sessionKey, track);
      return code === 0 ? { kind: 'shown' } : { kind: 'ignored', message };
    } catch (error) {
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      this.logger.warn(`track.updateNowPlaying: ${error.message}`);
      if (error.failure === 'key-rejected') {
        await this.accounts.reject(account.userId, sessionKey);
        return { kind: 'dropped', code: 'lastfm_key_rejected' };
      }
      return { kind: 'failed', message: error.message };
    }
  }
}
