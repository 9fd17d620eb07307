import { Injectable, type OnModuleInit } from '@nestjs/common';

import { DurableSubscriptions } from '../../../events/durable-subscriptions.js';
import { NotificationsService } from './notifications.service.js';

/** Tells a user, once for each cause, of scrobbles that will not arrive unless they do something. */
@Injectable()
export class TellOfScrobbles implements OnModuleInit {
  constructor(
    private readonly subscriptions: DurableSubscriptions,
    private readonly notifications: NotificationsService,
  ) {}

  onModuleInit(): void {
    this.subscriptions.subscribe('scrobbles.deadline-near', 'tell-user', ({ userId, waiting, failed, deadlineAt }) => {
      const text = `${standing(waiting, failed)} will soon be too old for Last.fm, which takes the oldest only until ${atUtc(deadlineAt)}. Your history says what is in the way.`;
      return this.notifications.tell(userId, 'deadline-near', text, `deadline-near:${deadlineAt.slice(0, 10)}`);
    });
    this.subscriptions.subscribe('scrobbles.missing', 'tell-user', ({ userId, count, checkedAt }) => {
      const missing = count === 1 ? 'a scrobble' : `${count} scrobbles`;
      const text = `Last.fm accepted ${missing} that your profile does not show. You can send ${count === 1 ? 'it' : 'them'} again from your history.`;
      return this.notifications.tell(userId, 'scrobbles-missing', text, `scrobbles-missing:${checkedAt}`);
    });
  }
}

function atUtc(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}

/** "3 scrobbles (2 waiting, 1 failed)". */
function standing(waiting: number, failed: number): string {
  const total = waiting + failed;
  const parts = [...(waiting > 0 ? [`${waiting} waiting`] : []), ...(failed > 0 ? [`${failed} failed`] : [])];
  return `${total} ${total === 1 ? 'scrobble' : 'scrobbles'} (${parts.join(', ')})`;
}
