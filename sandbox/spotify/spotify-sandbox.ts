import { StandInServer } from '../hosting/stand-in-server.js';
import { registerAccountRoutes } from './accounts.routes.js';
import { registerApiRoutes } from './api.routes.js';
import { SpotifyCatalogue, type SpotifyEntry } from './spotify-catalogue.js';
import { type SpotifyApp, SpotifyGrants } from './spotify-grants.js';
import { SpotifyPlayer } from './spotify-player.js';

interface SandboxOptions extends SpotifyApp {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Tests pass a clock that they move. */
  readonly now?: (() => Date) | undefined;
}

/**
 * A Spotify of our own on loopback, over real HTTP: accounts, playlists, search and the player, as they are since 2026.
 * Everybody there has the real playlists.
 */
export class SpotifySandbox {
  private readonly server = new StandInServer('spotify');
  private readonly catalogue = new SpotifyCatalogue();
  private readonly player = new SpotifyPlayer();
  private readonly grants: SpotifyGrants;
  private isOld = false;

  private constructor(options: SandboxOptions) {
    const now = options.now ?? (() => new Date());
    this.grants = new SpotifyGrants(options, now);
    registerAccountRoutes(this.server.http, this.grants);
    registerApiRoutes(this.server.http, {
      grants: this.grants,
      catalogue: this.catalogue,
      player: this.player,
      origin: () => this.origin,
      now,
      isOld: () => this.isOld,
    });
    this.server.http.get<{ Params: { slug: string } }>('/short/:slug', ({ params: { slug } }, reply) =>
      reply.redirect(`${this.linkOf(slug)}?si=sandbox`, 307),
    );
  }

  /** Listens when it resolves. Rejects when the port is taken. */
  static async start(options: SandboxOptions): Promise<SpotifySandbox> {
    const sandbox = new SpotifySandbox(options);
    await sandbox.server.listen(options.port ?? 0);
    return sandbox;
  }

  /** What goes wrong, and when. */
  get faults() {
    return this.server.faults;
  }

  /** What it was asked. */
  get calls() {
    return this.server.calls;
  }

  /** What SPOTIFY_ACCOUNTS_URL is set to. */
  get origin(): string {
    return this.server.origin;
  }

  /** What SPOTIFY_API_URL is set to. */
  get apiUrl(): string {
    return `${this.origin}/v1`;
  }

  /** What SPOTIFY_LINK_URL is set to. */
  get linkUrl(): string {
    return `${this.origin}/short`;
  }

  /** Does what pressing "Agree" does on the page at this address; resolves to where the browser is sent back to. */
  approve(authorizeUrl: string, username: string): Promise<string> {
    return new Promise((resolve) => {
      resolve(this.grants.allow(this.grants.read(new URL(authorizeUrl).searchParams), username));
    });
  }

  /** The user takes the permission back: from now on their tokens are refused, until they agree again. */
  revoke(username: string): void {
    this.grants.revoke(username);
  }

  /** The address of a playlist: `lo-fi-beats` and the other files, `mixed-bag`, or `followed`, which is somebody else's. */
  linkOf(slug: string): string {
    return `https://open.spotify.com/playlist/${this.catalogue.require(slug).id}`;
  }

  /** From now on, until the reset, it answers `/tracks` and not `/items`, as it did before 2026. */
  becomeOld(): void {
    this.isOld = true;
  }

  /** Its owner changes it: these places of the list as it was, in this order. */
  rearrange(slug: string, places: readonly number[]): void {
    const playlist = this.catalogue.require(slug);
    playlist.entries = places.flatMap((place) => playlist.entries.slice(place, place + 1));
  }

  /** Someone has listened to the track at that place of a playlist, until then. */
  played(username: string, { slug, place }: { slug: string; place: number }, playedAt: Date): void {
    this.player.played(username, { track: this.trackAt(slug, place), playedAt });
  }

  /** Someone listens to it now; null: to nothing. */
  playsNow(username: string, now: { slug: string; place: number; startedAt: Date; isPlaying: boolean } | null): void {
    this.player.setNow(username, now && { ...now, track: this.trackAt(now.slug, now.place) });
  }

  /** Forgets codes, tokens, changes, plays and faults. */
  reset(): void {
    this.isOld = false;
    this.grants.forget();
    this.catalogue.forget();
    this.player.forget();
    this.server.forget();
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private trackAt(slug: string, place: number) {
    const entry: SpotifyEntry | undefined = this.catalogue.require(slug).entries[place];
    if (entry?.kind !== 'track') {
      throw new Error(`There is no track at ${place} of "${slug}".`);
    }
    return entry.track;
  }
}
