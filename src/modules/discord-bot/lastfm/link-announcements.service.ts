import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { escapeMarkdown } from 'discord.js';
import { filter, type Subscription } from 'rxjs';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { LiveUpdates } from '../../../events/live-updates.js';
import { LastfmAccountsService } from '../../lastfm/index.js';

/** Discord takes answers to a command this long. */
const ANSWERABLE_MS = 15 * 60_000;

/** A command that was answered, and can be answered further. */
interface Answerable {
  followUp(message: { content: string; flags: 'Ephemeral' }): Promise<unknown>;
  editReply(message: { content: string; components: [] }): Promise<unknown>;
}

interface Waiting {
  readonly interaction: Answerable;
  readonly since: Date;
}

/** Tells people in Discord that their account is linked, as soon as it is, whichever replica their browser came to. */
@Injectable()
export class LinkAnnouncements implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(LinkAnnouncements.name);
  private readonly waiting = new Map<UserId, Waiting>();
  private changes: Subscription | undefined;

  constructor(
    private readonly accounts: LastfmAccountsService,
    private readonly liveUpdates: LiveUpdates,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.changes = this.liveUpdates
      .changes()
      .pipe(filter(({ userId, update }) => update.kind === 'lastfm-account' && this.waiting.has(userId)))
      .subscribe(({ userId }) => {
        void this.announce(userId).catch((error: unknown) => {
          this.logger.warn(`Could not tell that an account is linked: ${String(error)}`);
        });
      });
  }

  onApplicationShutdown(): void {
    this.changes?.unsubscribe();
  }

  /** The newest command of somebody who asked twice is answered. */
  announceTo(userId: UserId, interaction: Answerable): void {
    const now = this.clock.now();
    for (const [other, { since }] of this.waiting) {
      if (now.getTime() - since.getTime() > ANSWERABLE_MS) {
        this.waiting.delete(other);
      }
    }
    this.waiting.set(userId, { interaction, since: now });
  }

  private async announce(userId: UserId): Promise<void> {
    const waiting = this.waiting.get(userId);
    const account = await this.accounts.find(userId);
    if (!waiting || account?.state !== 'linked' || account.linkedAt < waiting.since || !this.waiting.delete(userId)) {
      return;
    }
    const { interaction } = waiting;
    await interaction.followUp({
      content: `Done: your Last.fm account **${escapeMarkdown(account.username)}** is linked.`,
      flags: 'Ephemeral',
    });
    await interaction.editReply({ content: 'Your Last.fm account is linked.', components: [] });
  }
}
