import { Injectable } from '@nestjs/common';

import { OnDomainEvent } from '../../../events/on-domain-event.decorator.js';
import { RunTicker } from '../runs/run-ticker.service.js';

/** The first track of a run is due at once: whoever started it should not have to wait for the next second. */
@Injectable()
export class TickWhenScrobbleRunStarted {
  constructor(private readonly ticker: RunTicker) {}

  @OnDomainEvent('scrobble-run.started')
  async handle(): Promise<void> {
    this.ticker.tickNow();
    return Promise.resolve();
  }
}
