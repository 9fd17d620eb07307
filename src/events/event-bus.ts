import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';

import type { EventCatalogue, EventName } from './event-catalogue.js';

@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);

  constructor(private readonly emitter: EventEmitter2) {}

  /** Resolves when every listener has finished. A failing listener is logged and never fails the publisher. */
  async publish<Name extends EventName>(name: Name, payload: EventCatalogue[Name]): Promise<void> {
    this.logger.debug({ event: name, payload });
    await this.emitter.emitAsync(name, payload);
  }
}
