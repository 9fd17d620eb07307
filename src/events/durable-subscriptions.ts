import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Jobs } from '../jobs/jobs.service.js';
import { TaskHandlers } from '../jobs/task-handlers.js';
import type { EventCatalogue, EventName } from './event-catalogue.js';

type Handler = (payload: never) => Promise<void>;

/**
 * Events that must not be lost: one job per subscriber, written in the publisher's transaction and done at least once.
 * Subscribers register when their module starts, in every role, so that whoever publishes knows them all.
 */
@Injectable()
export class DurableSubscriptions implements OnModuleInit {
  private readonly subscribers = new Map<EventName, Map<string, Handler>>();

  constructor(
    private readonly jobs: Jobs,
    private readonly tasks: TaskHandlers,
  ) {}

  onModuleInit(): void {
    this.tasks.register('event.deliver', async ({ event, subscriber, payload }) => {
      const handler = this.subscribers.get(event as EventName)?.get(subscriber);
      if (!handler) {
        throw new Error(`Nobody called ${subscriber} listens to ${event} any more.`);
      }
      await handler(payload as never);
    });
  }

  /** @param subscriber a stable name: jobs waiting in the database refer to it */
  subscribe<Name extends EventName>(
    event: Name,
    subscriber: string,
    handler: (payload: EventCatalogue[Name]) => Promise<void>,
  ): void {
    const named = this.subscribers.get(event) ?? new Map<string, Handler>();
    named.set(subscriber, handler);
    this.subscribers.set(event, named);
  }

  async enqueue<Name extends EventName>(
    manager: EntityManager,
    event: Name,
    payload: EventCatalogue[Name],
  ): Promise<void> {
    for (const subscriber of this.subscribers.get(event)?.keys() ?? []) {
      await this.jobs.enqueue(manager, 'event.deliver', { event, subscriber, payload });
    }
  }
}
