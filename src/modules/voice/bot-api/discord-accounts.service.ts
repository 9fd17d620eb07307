import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { DataSource } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { LoadingCache } from '../../../common/collections/loading-cache.js';
import type { UserId } from '../../../common/ids.js';
import { LiveUpdates } from '../../../events/live-updates.js';
import { Identities } from '../../auth/index.js';
import {
  type LastfmAccount,
  LastfmAccountNotLinkedError,
  LastfmAccountsService,
  type WaitingCounts,
} from '../../lastfm/index.js';

const KNOWN_MS = 5 * 60_000;
const MOST_KNOWN = 10_000;

export interface Connection {
  userId: UserId;
  account: LastfmAccount;
  waiting: WaitingCounts;
}

/**
 * How people on Discord are connected to Last.fm. What is known is kept for up to five minutes and forgotten, at every
 * replica, as soon as the account or a scrobble of its user changes.
 */
@Injectable()
export class DiscordAccounts implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly known: LoadingCache<Connection>;
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly identities: Identities,
    private readonly accounts: LastfmAccountsService,
    private readonly liveUpdates: LiveUpdates,
    private readonly dataSource: DataSource,
    clock: Clock,
  ) {
    this.known = new LoadingCache(clock, KNOWN_MS, MOST_KNOWN);
  }

  onApplicationBootstrap(): void {
    this.subscriptions.push(
      this.liveUpdates.changes().subscribe((change) => {
        this.known.drop(({ userId }) => userId === change.userId);
      }),
      this.liveUpdates.lost().subscribe(() => {
        this.known.clear();
      }),
    );
  }

  onApplicationShutdown(): void {
    this.subscriptions.forEach((subscription) => {
      subscription.unsubscribe();
    });
  }

  /** @throws LastfmAccountNotLinkedError, also for someone we have never heard of */
  find(discordUserId: string): Promise<Connection> {
    return this.known.get(discordUserId, () => this.load(discordUserId));
  }

  /** @param enabled unset: the other way round. @throws LastfmAccountNotLinkedError */
  async toggle(discordUserId: string, enabled: boolean | undefined): Promise<Connection> {
    const userId = await this.requireUserId(discordUserId);
    const account = await this.accounts.toggle(userId, enabled);
    this.forget(userId);
    return { userId, account, waiting: await this.accounts.countWaiting(userId) };
  }

  /** @throws LastfmAccountNotLinkedError */
  async disconnect(discordUserId: string): Promise<void> {
    const userId = await this.requireUserId(discordUserId);
    await this.accounts.disconnect(userId);
    this.forget(userId);
  }

  /** @throws LastfmAccountNotLinkedError when it is nobody's here */
  async requireUserId(discordUserId: string): Promise<UserId> {
    const userId = await this.identities.findUserId(this.dataSource.manager, 'discord', discordUserId);
    if (!userId) {
      throw new LastfmAccountNotLinkedError('not-found');
    }
    return userId;
  }

  /** The others hear of it through the database; whoever made the change need not wait for that. */
  private forget(userId: UserId): void {
    this.known.drop((connection) => connection.userId === userId);
  }

  private async load(discordUserId: string): Promise<Connection> {
    const userId = await this.requireUserId(discordUserId);
    const account = await this.accounts.find(userId);
    if (!account) {
      throw new LastfmAccountNotLinkedError('not-found');
    }
    return { userId, account, waiting: await this.accounts.countWaiting(userId) };
  }
}
