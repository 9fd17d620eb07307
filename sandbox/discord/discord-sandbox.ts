import { StandInServer } from '../hosting/stand-in-server.js';
import { registerOAuthRoutes } from './oauth.routes.js';
import { type OAuthClient, OAuthGrants } from './oauth-grants.js';

interface SandboxOptions extends OAuthClient {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Tests pass a clock that they move. */
  readonly now?: (() => Date) | undefined;
}

/** A Discord of our own on loopback, over real HTTP: so far its OAuth2. */
export class DiscordSandbox {
  private readonly server = new StandInServer('discord');
  private readonly grants: OAuthGrants;

  private constructor(options: SandboxOptions) {
    this.grants = new OAuthGrants(options, options.now ?? (() => new Date()));
    registerOAuthRoutes(this.server.http, this.grants);
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

  /** Forgets codes, tokens and faults. */
  reset(): void {
    this.grants.forget();
    this.server.forget();
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}
