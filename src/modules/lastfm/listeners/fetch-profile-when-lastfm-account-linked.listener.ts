import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';

import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import type { UserId } from '../../../common/ids.js';
import { LastfmAccountsService } from '../accounts/lastfm-accounts.service.js';
import { LastfmClient } from '../api/lastfm-client.js';
import { CallBudget } from '../call-budget/call-budget.service.js';

/**
 * Asks Last.fm for the account's public face, in the background: nobody waits for it, and a link does not fail for it.
 * Without an answer there is no picture.
 */
@Injectable()
export class FetchProfileWhenLastfmAccountLinked implements OnModuleInit {
  private readonly logger = new Logger(FetchProfileWhenLastfmAccountLinked.name);

  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly accounts: LastfmAccountsService,
    private readonly client: LastfmClient,
    private readonly callBudget: CallBudget,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('lastfm-account.linked', 'fetch-profile', ({ userId }) => this.fetchProfile(userId));
  }

  private async fetchProfile(userId: UserId): Promise<void> {
    const account = await this.accounts.find(userId);
    if (!account) {
      return;
    }
    const { username, sessionKey } = this.accounts.access(account);
    try {
      const profile = await this.client.getUserInfo(await this.callBudget.acquire(), sessionKey, username);
      await this.accounts.rememberProfile(userId, username, profile);
    } catch (error) {
      this.logger.warn(`user.getInfo of ${userId}: ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
}
