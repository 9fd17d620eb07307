import { Injectable, type OnModuleInit } from '@nestjs/common';

import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import { NotificationsService } from './notifications.service.js';

/** An account that has had its fill of scrobbles for a day holds everything, so its user hears of it: once a day. */
@Injectable()
export class TellWhenLastfmAccountParked implements OnModuleInit {
  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly notifications: NotificationsService,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('lastfm-account.parked', 'tell-user', ({ userId, username, until }) =>
      this.notifications.tell(
        userId,
        'lastfm-parked',
        `Last.fm takes no more scrobbles of ${username} for now: it has a daily limit. The others wait safely and go on at ${until.slice(11, 16)} UTC. You need not do anything.`,
        `lastfm-parked:${username.toLowerCase()}:${dayBefore(until)}`,
      ),
    );
  }
}

/** The UTC day that is full: at the latest until midnight, which is the first moment of the next one. */
function dayBefore(until: string): string {
  return new Date(Date.parse(until) - 1).toISOString().slice(0, 10);
}
