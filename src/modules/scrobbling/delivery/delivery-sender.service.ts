import { Injectable, Logger } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { type CallPermit, LastfmAccountsService, LastfmCallError, LastfmClient } from '../../lastfm/index.js';
import { type CallOutcome, type LaneBefore, outcomeOfFailure, outcomeOfVerdicts } from './delivery-outcome.js';
import { DeliverySettlements } from './delivery-settlements.service.js';
import type { LaneLease } from './lane-lease.js';
import { UncertainDeliveries } from './uncertain-deliveries.service.js';

/**
 * A process can be put to sleep between the lease and the call, together with its machine for instance. When it wakes up,
 * another one may have looked the plays up and sent them: a call that is this late is not made.
 */
const LATEST_CALL_MS = 30_000;

/** Makes one account's next call and sees to everything that follows from the answer. */
@Injectable()
export class DeliverySender {
  private readonly logger = new Logger(DeliverySender.name);

  constructor(
    private readonly accounts: LastfmAccountsService,
    private readonly client: LastfmClient,
    private readonly uncertain: UncertainDeliveries,
    private readonly settlements: DeliverySettlements,
    private readonly clock: Clock,
  ) {}

  async serve(lease: LaneLease, permit: CallPermit): Promise<void> {
    const access = this.accounts.access(lease.account);
    const outcome =
      lease.purpose === 'verify'
        ? await this.uncertain.lookUp(lease, access, permit)
        : await this.send(lease, access.sessionKey, permit);
    const userId = await this.settlements.settle(lease, outcome);
    if (userId !== null) {
      await this.follow(userId, outcome, access.sessionKey);
    }
  }

  private async send(lease: LaneLease, sessionKey: string, permit: CallPermit): Promise<CallOutcome> {
    const calledAt = this.clock.now();
    try {
      this.requireInTime(lease);
      const verdicts = await this.client.scrobble(permit, sessionKey, lease.deliveries);
      return outcomeOfVerdicts(verdicts, this.before(lease, calledAt));
    } catch (error) {
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      this.logger.warn(`Sending ${lease.deliveries.length} scrobbles of ${lease.userId}: ${error.message}`);
      return outcomeOfFailure(error, this.before(lease, calledAt));
    }
  }

  private requireInTime({ deliveries }: LaneLease): void {
    const markedAt = Math.min(...deliveries.map(({ sentAt }) => sentAt.getTime()));
    if (this.clock.now().getTime() > markedAt + LATEST_CALL_MS) {
      throw new LastfmCallError('not-sent', null, 'The call was not made in time.');
    }
  }

  private before({ deliveries, failures, batchLimit, account }: LaneLease, calledAt: Date): LaneBefore {
    const { retriesVoice } = account;
    return { deliveries, failures, batchLimit, retriesVoice, calledAt, now: this.clock.now() };
  }

  private async follow(userId: UserId, { consequence }: CallOutcome, sessionKey: string): Promise<void> {
    switch (consequence.kind) {
      case 'reject-key':
        await this.accounts.reject(userId, sessionKey);
        return;
      case 'parked':
        this.logger.warn(
          `${userId} has reached Last.fm's daily limit and waits until ${consequence.until.toISOString()}.`,
        );
        return;
      case 'none':
        return;
    }
  }
}
