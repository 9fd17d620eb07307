import { Injectable, type OnModuleInit } from '@nestjs/common';

import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { NotificationsService } from './notifications.service.js';

/** A rejected key stops everything a user expects to happen by itself, so they must hear of it: durably, and once. */
@Injectable()
export class TellWhenLastfmAccountRejected implements OnModuleInit {
  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly accounts: LastfmAccountsService,
    private readonly notifications: NotificationsService,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('lastfm-account.rejected', 'tell-user', async ({ userId, username }) => {
      const account = await this.accounts.find(userId);
      if (account?.state !== 'rejected') {
        return; // Linked again before we got here.
      }
      await this.notifications.tell(
        userId,
        'lastfm-rejected',
        `Last.fm no longer accepts our access to ${username}. Your scrobbles wait safely; link the account again to send them.`,
        `lastfm-rejected:${account.linkedAt.toISOString()}`,
      );
    });
  }
}
