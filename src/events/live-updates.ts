import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Observable, Subject } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

import type { UserId } from '../common/ids.js';
import { AppConfig } from '../config/app-config.js';
import type { LiveUpdate } from './live-update.js';
import { PostgresChannel } from './postgres-channel.js';

/** How many recent updates of all users a web process keeps, so that a browser that comes back misses nothing. */
const REMEMBERED = 5_000;
/** NOTIFY carries fewer than 8,000 bytes; an update and its punctuation have to fit. */
const MOST_BYTES = 7_900;
/** Past this many ids a browser is told to fetch everything of that kind. */
const MOST_IDS = 100;

/** An update and whose browsers are told of it. */
export interface AddressedUpdate {
  userId: UserId;
  update: LiveUpdate;
}

interface SentUpdate extends AddressedUpdate {
  id: string;
}

/** `ready` begins every stream; its id, like any other, is a place from which the stream can be resumed. */
export interface LiveMessage {
  id: string;
  update: LiveUpdate | { kind: 'ready' } | { kind: 'resync' };
}

/** News for open browsers, carried between replicas by PostgreSQL. */
@Injectable()
export class LiveUpdates implements OnApplicationBootstrap {
  private readonly received = new Subject<SentUpdate>();
  private readonly gaps = new Subject<void>();
  private remembered: SentUpdate[] = [];
  /** What came before everything that is remembered. */
  private beginning: string = v7();

  constructor(
    private readonly channel: PostgresChannel,
    private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.has('web') || this.config.has('bot')) {
      await this.channel.subscribe({
        channel: 'live-update',
        onMessage: (payload) => {
          (JSON.parse(payload) as SentUpdate[]).forEach((sent) => {
            this.receive(sent);
          });
        },
        onGap: () => {
          this.forget();
          this.gaps.next();
        },
      });
    }
  }

  /** Any number of updates cost one statement, and few messages: they travel packed. */
  async send(manager: EntityManager, updates: readonly AddressedUpdate[]): Promise<void> {
    const sent = updates.map(({ userId, update }): string => {
      const bounded = 'ids' in update && update.ids.length > MOST_IDS ? { ...update, ids: [] } : update;
      return JSON.stringify({ id: v7(), userId, update: bounded } satisfies SentUpdate);
    });
    await this.channel.notify(manager, 'live-update', packed(sent));
  }

  /**
   * What one browser hears, from now on or from the update after `lastEventId`. When that one is no longer known, or
   * updates may have been lost, it hears `resync` and is to fetch everything again.
   */
  streamTo(userId: UserId, lastEventId?: string): Observable<LiveMessage> {
    return new Observable((browser) => {
      for (const message of [...this.missed(userId, lastEventId), this.ready()]) {
        browser.next(message);
      }
      const updates = this.received.subscribe((sent) => {
        if (sent.userId === userId) {
          browser.next({ id: sent.id, update: sent.update });
        }
      });
      const gaps = this.gaps.subscribe(() => {
        browser.next(resync());
      });
      return () => {
        updates.unsubscribe();
        gaps.unsubscribe();
      };
    });
  }

  /** Every update of every user, on a replica with browsers or the bot, for whoever keeps a copy of what they are about. */
  changes(): Observable<AddressedUpdate> {
    return this.received.asObservable();
  }

  /** Emits when updates may have been lost. */
  lost(): Observable<void> {
    return this.gaps.asObservable();
  }

  private receive(sent: SentUpdate): void {
    this.remembered.push(sent);
    if (this.remembered.length > 2 * REMEMBERED) {
      this.beginning = this.remembered.at(-REMEMBERED - 1)?.id ?? this.beginning;
      this.remembered = this.remembered.slice(-REMEMBERED);
    }
    this.received.next(sent);
  }

  private forget(): void {
    this.remembered = [];
    this.beginning = v7();
  }

  private ready(): LiveMessage {
    return { id: this.remembered.at(-1)?.id ?? this.beginning, update: { kind: 'ready' } };
  }

  private missed(userId: UserId, lastEventId: string | undefined): LiveMessage[] {
    if (lastEventId === undefined) {
      return [];
    }
    const last = this.remembered.findLastIndex(({ id }) => id === lastEventId);
    if (last < 0 && lastEventId !== this.beginning) {
      return [resync()];
    }
    return this.remembered
      .slice(last + 1)
      .filter((sent) => sent.userId === userId)
      .map(({ id, update }) => ({ id, update }));
  }
}

function resync(): LiveMessage {
  return { id: v7(), update: { kind: 'resync' } };
}

/** As many JSON texts (of ASCII only) to an array as a message holds. */
function packed(texts: readonly string[]): string[] {
  const messages: string[] = [];
  let begun: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (length + text.length > MOST_BYTES) {
      messages.push(`[${begun.join(',')}]`);
      [begun, length] = [[], 0];
    }
    begun.push(text);
    length += text.length + 1;
  }
  return begun.length > 0 ? [...messages, `[${begun.join(',')}]`] : messages;
}
