import type { WebSocket } from 'ws';

import { Voice } from '../world/voice.js';
import type { World } from '../world/world.js';
import { type GatewayDesk, GatewayLink } from './gateway-link.js';
import { GatewayLogin } from './gateway-login.js';

/** Where bots listen to what happens, and say where they want to be in voice. */
export class Gateway implements GatewayDesk {
  readonly voice = new Voice((event, data, guildId) => {
    this.dispatch(event, data, guildId);
  });
  /** How often a connection was resumed. */
  resumptions = 0;
  private links: GatewayLink[] = [];
  private logins = new Map<string, GatewayLogin>();

  constructor(
    readonly token: string,
    private readonly world: World,
    private readonly url: () => string,
    private readonly changed: () => void,
  ) {}

  take(socket: WebSocket): void {
    this.links = [...this.links.filter(({ isOpen }) => isOpen), new GatewayLink(socket, this)];
  }

  /** @param guildId where it happens in a server: only the shard of that server hears of it */
  dispatch(type: string, data: unknown, guildId?: string): void {
    for (const login of this.logins.values()) {
      if (guildId === undefined || login.hears(guildId)) {
        login.dispatch(type, data);
      }
    }
  }

  /** Cuts every connection; what happens meanwhile is kept for the resumption. */
  drop(code = 4000): void {
    this.links.forEach((link) => {
      link.close(code);
    });
  }

  askToReconnect(): void {
    this.links.forEach((link) => {
      link.askToReconnect();
    });
  }

  /** Forgets who had identified: nothing can be resumed. */
  forgetLogins(): void {
    this.logins = new Map();
  }

  open(intents: number, shard: readonly [number, number]): GatewayLogin {
    const login = new GatewayLogin(intents, shard);
    this.logins.set(login.id, login);
    return login;
  }

  find(loginId: unknown): GatewayLogin | null {
    return this.logins.get(String(loginId)) ?? null;
  }

  greet(login: GatewayLogin, shard: readonly [number, number]): void {
    const guilds = [...this.world.guilds.values()].filter(({ id }) => login.hears(id));
    login.dispatch('READY', {
      v: 10,
      user: this.world.bot,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: login.id,
      resume_gateway_url: this.url(),
      shard,
      application: { id: this.world.applicationId, flags: 0 },
    });
    guilds.forEach((guild) => {
      login.dispatch('GUILD_CREATE', guild.toJson());
    });
  }

  noteResumption(): void {
    this.resumptions += 1;
    this.changed();
  }

  /** Operation 4. Discord says nothing where the channel is not there; neither do we. */
  moveBot(
    { guild_id: guildId, channel_id: channelId, self_deaf: isDeaf }: Record<string, unknown>,
    loginId: string,
  ): void {
    const guild = this.world.guilds.get(String(guildId));
    const isThere = channelId === null || guild?.channels.some(({ id, kind }) => id === channelId && kind === 'voice');
    const bot = guild?.members.get(this.world.bot.id);
    if (guild && bot && isThere) {
      const wish = { channelId: channelId as string | null, isSelfDeafened: isDeaf === true, connectionId: loginId };
      this.voice.changeBot(guild, bot, wish);
    }
  }
}
