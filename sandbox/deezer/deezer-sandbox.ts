import { StandInServer } from '../hosting/stand-in-server.js';
import { DeezerCatalogue } from './deezer-catalogue.js';
import { registerDeezerRoutes } from './deezer.routes.js';
import { Quota } from './quota.js';

interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Tests pass a clock that they move. */
  readonly now?: (() => Date) | undefined;
}

/** A Deezer of our own on loopback, over real HTTP: the public API and its short links, with the real playlists. */
export class DeezerSandbox {
  private readonly server = new StandInServer('deezer');
  private readonly catalogue = new DeezerCatalogue();
  private readonly quota: Quota;

  private constructor({ now }: SandboxOptions) {
    this.quota = new Quota(now ?? (() => new Date()));
    registerDeezerRoutes(this.server.http, {
      catalogue: this.catalogue,
      quota: this.quota,
      origin: () => this.origin,
    });
  }

  /** Listens when it resolves. Rejects when the port is taken. */
  static async start(options: SandboxOptions = {}): Promise<DeezerSandbox> {
    const sandbox = new DeezerSandbox(options);
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

  /** What DEEZER_API_URL and DEEZER_LINK_URL are set to. */
  get origin(): string {
    return this.server.origin;
  }

  /** The address of one of its playlists: `lo-fi-beats` and the other files, `mixed-bag`, or `private`. */
  linkOf(slug: string): string {
    return `https://www.deezer.com/playlist/${this.catalogue.require(slug).id}`;
  }

  /** A short link to it. */
  shortLinkOf(slug: string): string {
    return `https://link.deezer.com/s/${slug}`;
  }

  /** Its owner changes it: these places of the list as it was, in this order. */
  rearrange(slug: string, places: readonly number[]): void {
    const playlist = this.catalogue.require(slug);
    playlist.entries = places.flatMap((place) => playlist.entries.slice(place, place + 1));
  }

  /** Forgets changes, faults and what the quota has counted. */
  reset(): void {
    this.catalogue.forget();
    this.quota.forget();
    this.server.forget();
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}
