import { setTimeout as pause } from 'node:timers/promises';

import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type CloseEvent, Client, DiscordAPIError, Routes } from 'discord.js';
import { Context, type ContextOf, NECORD_MODULE_OPTIONS, type NecordModuleOptions, On } from 'necord';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const UNAUTHORIZED = 401;

/**
 * Keeps the bot connected. The application neither waits for Discord nor fails with it: a silent one is asked again, a
 * refused token is said once. Broken connections are resumed by the library.
 */
@Injectable()
export class BotConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(BotConnection.name);
  private readonly stopping = new AbortController();

  constructor(
    private readonly client: Client,
    @Inject(NECORD_MODULE_OPTIONS) private readonly options: Pick<NecordModuleOptions, 'token'>,
  ) {}

  onApplicationBootstrap(): void {
    void this.signIn().catch((error: unknown) => {
      this.logger.error(error);
    });
  }

  onApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Without a listener an error of the library would end the process. */
  @On('error')
  noteError(@Context() [error]: ContextOf<'error'>): void {
    this.logger.error(error);
  }

  @On('shardError')
  noteBrokenConnection(@Context() [error]: ContextOf<'shardError'>): void {
    this.logger.warn(`The connection to Discord broke: ${error.message}`);
  }

  @On('shardDisconnect')
  noteEnd(@Context() [{ code }]: [CloseEvent, number]): void {
    if (!this.stopping.signal.aborted) {
      this.logger.error(`Discord ended the bot's connection for good (${code}). Look at the bot's page at Discord.`);
    }
  }

  private async signIn(): Promise<void> {
    this.client.rest.setToken(this.options.token);
    if (await this.waitForDiscord()) {
      await this.client.login(this.options.token);
    }
  }

  /** @returns false when there is no point in going on */
  private async waitForDiscord(): Promise<boolean> {
    for (
      let pauseMs = FIRST_PAUSE_MS;
      !this.stopping.signal.aborted;
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    ) {
      try {
        await this.client.rest.get(Routes.gatewayBot());
        return true;
      } catch (error) {
        if (error instanceof DiscordAPIError && error.status === UNAUTHORIZED) {
          this.logger.error('Discord does not take DISCORD_TOKEN. The bot stays off; everything else goes on.');
          return false;
        }
        this.logger.warn(`Discord does not answer yet: ${error instanceof Error ? error.message : 'unknown'}`);
        await pause(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    return false;
  }
}
