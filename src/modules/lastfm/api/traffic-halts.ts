import { Injectable, Logger } from '@nestjs/common';

import { Clock } from '../../../common/clock.js';
import { CallBudget } from '../call-budget/call-budget.service.js';
import type { LastfmFailure } from './error-matrix.js';
import type { LastfmCallError } from './lastfm-call-error.js';

/** The failures that are about our address or our key, not about one account, and how long everyone then waits. */
const HALT_SECONDS: Partial<Record<LastfmFailure, number>> = {
  // An average over 5 minutes; a minute of silence brings it well below.
  'rate-limited': 60,
  // Someone has to look, and a probe now and then shows when it is mended.
  operator: 10 * 60,
};

/** Stops all traffic of all replicas when Last.fm says so, whichever call it says it to. */
@Injectable()
export class TrafficHalts {
  private readonly logger = new Logger(TrafficHalts.name);

  constructor(
    private readonly callBudget: CallBudget,
    private readonly clock: Clock,
  ) {}

  async raiseFor({ failure, message }: LastfmCallError): Promise<void> {
    const seconds = HALT_SECONDS[failure];
    if (seconds === undefined) {
      return;
    }
    const until = new Date(this.clock.now().getTime() + seconds * 1000);
    this.logger.error(`All Last.fm traffic stops until ${until.toISOString()}: ${message}`);
    await this.callBudget.halt({ until, reason: message, needsOperator: failure === 'operator' });
  }
}
