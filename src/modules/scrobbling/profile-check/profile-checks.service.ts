import { Injectable, Logger } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import {
  CallBudget,
  type LastfmAccount,
  LastfmAccountsService,
  LastfmCallError,
  LastfmClient,
} from '../../lastfm/index.js';
import { DELIVERABLE_MS } from '../delivery/delivery-state.js';
import { findLanded } from '../delivery/recent-track-match.js';
import { CheckedScrobbles } from './checked-scrobbles.js';

const DAY_MS = 24 * 3600 * 1000;
/** What was accepted a moment ago may not be shown yet. */
const SETTLED_FOR_MS = 3600 * 1000;
/** Last.fm shows the profile to nobody, not even to us. */
const LOGIN_REQUIRED = 17;

interface Access {
  username: string;
  sessionKey: string;
}

/**
 * Compares what Last.fm accepted in the last 14 days with what the profile shows, where the user allows it: accepted
 * scrobbles have vanished before (PROTOCOLS 1.5, "accepted but never shown").
 */
@Injectable()
export class ProfileChecks {
  private readonly logger = new Logger(ProfileChecks.name);

  constructor(
    private readonly accounts: LastfmAccountsService,
    private readonly client: LastfmClient,
    private readonly callBudget: CallBudget,
    private readonly scrobbles: CheckedScrobbles,
    private readonly clock: Clock,
  ) {}

  /** Checks one account, a day at a time. Safe to repeat. @throws LastfmCallError where trying again later may help */
  async check(userId: UserId): Promise<void> {
    const account = await this.accounts.find(userId);
    if (account?.state !== 'linked' || !account.profileChecks) {
      return;
    }
    const access = this.accounts.access(account);
    try {
      await this.checkDays(account, access);
    } catch (error) {
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      await this.stopFor(error, userId, access);
    }
    await this.scrobbles.finish(account);
  }

  private async checkDays(account: LastfmAccount, access: Access): Promise<void> {
    const now = this.clock.now().getTime();
    for (let from = now - DELIVERABLE_MS; from < now; from += DAY_MS) {
      await this.checkDay(account, access, new Date(from), new Date(from + DAY_MS));
    }
  }

  private async checkDay(account: LastfmAccount, access: Access, from: Date, until: Date): Promise<void> {
    const shownBy = new Date(this.clock.now().getTime() - SETTLED_FOR_MS);
    const accepted = await this.scrobbles.findAccepted(account, from, until, shownBy);
    const [first, last] = [accepted[0], accepted.at(-1)];
    if (!first || !last) {
      return;
    }
    const recent = await this.client.getRecentTracks(
      () => this.callBudget.acquireWhenIdle(),
      access,
      first.playedAt.getTime() / 1000,
      last.playedAt.getTime() / 1000,
      Infinity,
    );
    const landed = findLanded(accepted, recent ?? []);
    await this.scrobbles.mark(
      account.userId,
      accepted.map(({ id }, index) => ({ id, isShown: Boolean(landed[index]) })),
    );
  }

  /** @throws the error where trying again later may help */
  private async stopFor(error: LastfmCallError, userId: UserId, { sessionKey }: Access): Promise<void> {
    if (error.failure === 'key-rejected') {
      await this.accounts.reject(userId, sessionKey);
    } else if (error.code === LOGIN_REQUIRED) {
      this.logger.warn(`The profile of ${userId} cannot be read, so its scrobbles cannot be checked.`);
    } else {
      throw error;
    }
  }
}
