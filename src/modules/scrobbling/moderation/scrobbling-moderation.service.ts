import { Injectable } from '@nestjs/common';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Clock } from '../../../common/clock.js';
import type { ScrobbleId, ScrobbleRunId, UserId } from '../../../common/ids.js';
import { UnitOfWork } from '../../../events/unit-of-work.js';
import { ScrobbleResends } from '../resend/scrobble-resends.service.js';
import { ScrobbleRunsService } from '../runs/scrobble-runs.service.js';

/** What moderators do to the runs and scrobbles of others; each act stands in the audit trail with who did it. */
@Injectable()
export class ScrobblingModeration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: ScrobbleRunsService,
    private readonly resends: ScrobbleResends,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Its user can let it go on. @throws ScrobbleRunNotFoundError, IllegalRunTransitionError */
  async pauseRun(by: UserId, userId: UserId, runId: ScrobbleRunId): Promise<void> {
    await this.runs.change(userId, runId, async (run, { manager }) => {
      run.pause('user');
      const details = { playlist: run.playlistTitle };
      await this.audit.record(manager, { action: 'scrobble-run.paused-by-moderator', userId, by, details });
    });
  }

  /** @throws ScrobbleRunNotFoundError, IllegalRunTransitionError */
  async stopRun(by: UserId, userId: UserId, runId: ScrobbleRunId): Promise<void> {
    await this.runs.change(userId, runId, async (run, { manager }) => {
      run.stop(this.clock.now());
      const details = { playlist: run.playlistTitle };
      await this.audit.record(manager, { action: 'scrobble-run.stopped-by-moderator', userId, by, details });
    });
  }

  /** Queues it again as it is. @throws as `ScrobbleResends.resend` */
  async retry(by: UserId, userId: UserId, scrobbleId: ScrobbleId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.resends.resendWithin(tx, userId, scrobbleId, {});
      const details = { scrobble: scrobbleId };
      await this.audit.record(tx.manager, { action: 'scrobble.retried-by-moderator', userId, by, details });
    });
  }
}
