import { Injectable, type OnModuleInit } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { TaskHandlers } from '../../../jobs/task-handlers.js';

/** Enough to link an account again or to mend what failed. */
const WARN_HOURS = 48;

/** Tells people in time that scrobbles of theirs still wait, or have failed, and will soon be too old. */
@Injectable()
export class WarnOfDeadlines implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('deliveries.warn', () => this.warn());
  }

  private async warn(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const near: Array<{ userId: UserId; waiting: number; failed: number; deadline: Date }> = await tx.manager.query(
        `select user_id as "userId", count(*) filter (where state <> 'failed')::int as waiting,
                count(*) filter (where state = 'failed')::int as failed, min(deadline_at) as deadline
           from delivery
          where state in ('queued', 'held', 'sending', 'failed') and deadline_at > $1
            and deadline_at <= $1::timestamptz + make_interval(hours => $2)
          group by user_id`,
        [this.clock.now(), WARN_HOURS],
      );
      for (const { deadline, ...rest } of near) {
        await tx.publishDurably('scrobbles.deadline-near', { ...rest, deadlineAt: deadline.toISOString() });
      }
    });
  }
}
