import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { UserId } from '../common/ids.js';
import { DurableSubscriptions } from './durable-subscriptions.js';
import { EventBus } from './event-bus.js';
import type { EventCatalogue, EventName } from './event-catalogue.js';
import type { LiveUpdate } from './live-update.js';
import { type AddressedUpdate, LiveUpdates } from './live-updates.js';

export interface Transaction {
  readonly manager: EntityManager;
  /** Remembers the event; it is published in this process, once the transaction has committed. It may be lost. */
  publish<Name extends EventName>(name: Name, payload: EventCatalogue[Name]): void;
  /** Writes one job per subscriber in this transaction: whatever happens, each hears of it, at least once. */
  publishDurably<Name extends EventName>(name: Name, payload: EventCatalogue[Name]): Promise<void>;
  /** Tells the user's open browsers, on whichever replica, that something they show has changed. */
  updateLive(userId: UserId, update: LiveUpdate): Promise<void>;
  /** The same for many users, as cheap as for one. */
  updateLiveOfMany(updates: readonly AddressedUpdate[]): Promise<void>;
}

@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly eventBus: EventBus,
    private readonly durableSubscriptions: DurableSubscriptions,
    private readonly liveUpdates: LiveUpdates,
  ) {}

  /**
   * Runs `work` in one transaction, then publishes what it announced. A listener therefore always sees committed rows,
   * and a rolled-back transaction announces nothing.
   */
  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const announcements: Array<() => Promise<void>> = [];
    const result = await this.dataSource.transaction((manager) =>
      work({
        manager,
        publish: (name, payload) => announcements.push(() => this.eventBus.publish(name, payload)),
        publishDurably: (name, payload) => this.durableSubscriptions.enqueue(manager, name, payload),
        updateLive: (userId, update) => this.liveUpdates.send(manager, [{ userId, update }]),
        updateLiveOfMany: (updates) => this.liveUpdates.send(manager, updates),
      }),
    );
    for (const announce of announcements) {
      await announce();
    }
    return result;
  }
}
