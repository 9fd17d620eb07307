import { takeWebSockets } from '../hosting/web-sockets.js';
import { StandInServer } from '../hosting/stand-in-server.js';
import { registerBotRoutes } from './bot/bot.routes.js';
import { BotDesk } from './bot/bot-desk.js';
import { Gateway } from './gateway/gateway.js';
import { registerOAuthRoutes } from './oauth/oauth.routes.js';
import { type OAuthClient, OAuthGrants } from './oauth/oauth-grants.js';
import { Person } from './people/person.js';
import { until } from './people/until.js';
import { discordUser } from './world/discord-user.js';
import type { Guild } from './world/guild.js';
import { MANAGE_GUILD } from './world/permissions.js';
import { World } from './world/world.js';

const GATEWAY_PATH = '/gateway/';

interface SandboxOptions extends OAuthClient {
  /** What the bot signs in with. Unset: no bot can. */
  readonly botToken?: string | undefined;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Tests pass a clock that they move. */
  readonly now?: (() => Date) | undefined;
}

/** A Discord of our own on loopback, over real sockets: its OAuth2, its gateway, and the REST that a bot uses. */
export class DiscordSandbox {
  readonly gateway: Gateway;
  readonly desk: BotDesk;
  private readonly server = new StandInServer('discord');
  private readonly grants: OAuthGrants;
  private readonly world: World;
  private readonly now: () => Date;

  private constructor(options: SandboxOptions) {
    this.now = options.now ?? (() => new Date());
    this.grants = new OAuthGrants(options, this.now);
    this.world = new World(options.clientId, this.now);
    this.desk = new BotDesk(this.world);
    const gatewayUrl = (): string => `${this.origin.replace('http:', 'ws:')}${GATEWAY_PATH}`;
    this.gateway = new Gateway(options.botToken ?? '', this.world, gatewayUrl, () => {
      this.desk.changed();
    });
    registerOAuthRoutes(this.server.http, this.grants);
    if (options.botToken !== undefined) {
      registerBotRoutes(this.server.http, this.desk, options.botToken, gatewayUrl);
      takeWebSockets(this.server.http, {
        path: GATEWAY_PATH,
        take: (socket) => {
          this.gateway.take(socket);
        },
      });
    }
  }

  /** Listens when it resolves. Rejects when the port is taken. */
  static async start(options: SandboxOptions): Promise<DiscordSandbox> {
    const sandbox = new DiscordSandbox(options);
    await sandbox.server.listen(options.port ?? 0);
    return sandbox;
  }

  /** What goes wrong, and when. */
  get faults() {
    return this.server.faults;
  }

  /** What was asked of it. */
  get calls() {
    return this.server.calls;
  }

  get origin(): string {
    return this.server.origin;
  }

  /** What DISCORD_API_URL is set to. */
  get apiUrl(): string {
    return `${this.origin}/api`;
  }

  /** Does what pressing "Authorize" does on the page at this address; resolves to where the browser is sent back to. */
  approve(authorizeUrl: string, username: string): Promise<string> {
    return new Promise((resolve) => {
      resolve(this.grants.allow(this.grants.read(new URL(authorizeUrl).searchParams), username));
    });
  }

  /** Makes a server and invites the bot; a bot that listens hears of it at once. */
  addGuild(name: string): Guild {
    const guild = this.world.addGuild(name, 'owner');
    this.gateway.dispatch('GUILD_CREATE', guild.toJson(), guild.id);
    return guild;
  }

  /** Somebody who joins this server. Names are Discord usernames. */
  person(guild: Guild, username: string, { isManager = false } = {}): Person {
    const managers = guild.roles.find(({ name }) => name === 'Managers');
    const role = managers ?? { id: this.world.ids.next(), name: 'Managers', permissions: MANAGE_GUILD };
    if (isManager && !managers) {
      guild.roles.push(role);
    }
    const user = discordUser(username);
    const member = guild.members.get(user.id) ?? guild.add(user, isManager ? [role.id] : []);
    return new Person({ desk: this.desk, gateway: this.gateway, now: this.now }, guild, member);
  }

  /** Resolves when it is so, or rejects with what was waited for. It looks after each thing the bot does. */
  until<Result>(look: () => Result | null, what: string): Promise<Result> {
    return until(this.desk, look, what);
  }

  /** Forgets codes, tokens, messages and faults. Servers, members and commands stay. */
  reset(): void {
    this.grants.forget();
    this.desk.forget();
    this.server.forget();
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}
