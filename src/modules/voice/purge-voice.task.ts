import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../common/clock.js';
import { TaskHandlers } from '../../jobs/task-handlers.js';

/** So long it can be asked who was where, and why something was not scrobbled; the scrobbles themselves stay. */
const KEPT_DAYS = 30;

/** Forgets who was in which voice channel. */
@Injectable()
export class PurgeVoice implements OnModuleInit {
  constructor(
    private readonly tasks: TaskHandlers,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.register('voice.purge', () => this.purge());
  }

  private async purge(): Promise<void> {
    await this.dataSource.query('delete from playback where ended_at < $1::timestamptz - make_interval(days => $2)', [
      this.clock.now(),
      KEPT_DAYS,
    ]);
  }
}
