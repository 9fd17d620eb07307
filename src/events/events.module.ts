import { Global, Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';

import { DurableSubscriptions } from './durable-subscriptions.js';
import { EventBus } from './event-bus.js';
import { LiveUpdates } from './live-updates.js';
import { PostgresChannel } from './postgres-channel.js';
import { UnitOfWork } from './unit-of-work.js';

@Global()
@Module({
  imports: [EventEmitterModule.forRoot()],
  providers: [EventBus, DurableSubscriptions, LiveUpdates, PostgresChannel, UnitOfWork],
  exports: [DurableSubscriptions, LiveUpdates, PostgresChannel, UnitOfWork],
})
export class EventsModule {}
