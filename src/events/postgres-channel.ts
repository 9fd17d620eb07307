import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { EntityManager } from 'typeorm';

import { AppConfig } from '../config/app-config.js';

const RECONNECT_MS = 1_000;

const CHANNELS = ['live-update', 'delivery-due', 'bot-key-revoked'] as const;
/** What replicas tell each other through PostgreSQL. `delivery-due` may be lost: the lanes remember. */
export type Channel = (typeof CHANNELS)[number];

interface Subscriber {
  channel: Channel;
  onMessage: (payload: string) => void;
  /** Called after a broken connection is back: messages in between are lost. */
  onGap: () => void;
}

/** NOTIFY and LISTEN over one connection of its own, which is made on first use and made again when it breaks. */
@Injectable()
export class PostgresChannel implements OnApplicationShutdown {
  private readonly logger = new Logger(PostgresChannel.name);
  private readonly subscribers: Subscriber[] = [];
  private client: pg.Client | undefined;
  private connecting: Promise<void> | undefined;
  private reconnectTimer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly config: AppConfig) {}

  /** Sends on the caller's transaction: the messages leave when that commits. Each has fewer than 8,000 bytes. */
  async notify(manager: EntityManager, channel: Channel, payloads: readonly string[]): Promise<void> {
    await manager.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads]);
  }

  async subscribe(subscriber: Subscriber): Promise<void> {
    this.subscribers.push(subscriber);
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnectTimer);
    await this.connecting?.catch(() => undefined);
    await this.client?.end();
  }

  private connect(): Promise<void> {
    this.connecting ??= this.listen().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.requireDatabaseUrl(), keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      for (const subscriber of this.subscribers.filter((each) => each.channel === channel)) {
        subscriber.onMessage(payload ?? '');
      }
    });
    client.on('error', (error) => {
      this.logger.warn(`The notification connection broke: ${error.message}`);
    });
    client.on('end', () => {
      this.connecting = undefined;
      this.reconnectLater();
    });
    await client.connect();
    await client.query(CHANNELS.map((channel) => `listen "${channel}"`).join(';'));
    this.client = client;
  }

  private reconnectLater(): void {
    if (this.closed) {
      return;
    }
    clearTimeout(this.reconnectTimer);
    this.reconnectTimer = setTimeout(() => {
      this.connect().then(
        () => {
          this.subscribers.forEach(({ onGap }) => {
            onGap();
          });
        },
        () => {
          this.reconnectLater();
        },
      );
    }, RECONNECT_MS);
  }
}
