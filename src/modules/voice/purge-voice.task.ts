import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Clock } from '../../common/clock.js';
import { TaskHandlers } from '../../jobs/task-handlers.js';

/** So long it can be asked who was where, and why something was not scrobbled; the scrobbles themselves stay. */
const KEPT_DAYS = 30;

/** Forgets who was in which voice channel, and what went wrong there. */
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
    const before = [this.clock.now(), KEPT_DAYS];
    for (const old of ['playback where ended_at', 'bot_log_entry where created_at']) {
      await this.dataSource.query(`delete from ${old} < $1::timestamptz - make_interval(days => $2)`, before);
    }
  }
}
