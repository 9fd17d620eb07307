import { DeezerSandbox } from '../../sandbox/deezer/index.js';
import { SpotifySandbox } from '../../sandbox/spotify/index.js';
import type { TestUser } from '../factories/factory.js';
import { comeBack } from './sign-in-trip.js';
import type { TestApp } from './test-app.js';

const CLIENT_ID = 'spotify-client-of-tests';
const CALLBACK = 'http://127.0.0.1:3000/api/platforms/spotify/callback';

/** The stand-ins for Spotify and Deezer, which keep the time of a test's clock. */
export class PlatformHosts {
  private constructor(
    readonly spotify: SpotifySandbox,
    readonly deezer: DeezerSandbox,
  ) {}

  /** @param now of the application's clock, which may be there later */
  static async start(now: () => Date): Promise<PlatformHosts> {
    const spotify = await SpotifySandbox.start({ clientId: CLIENT_ID, redirectUris: [CALLBACK], now });
    return new PlatformHosts(spotify, await DeezerSandbox.start({ now }));
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      SPOTIFY_CLIENT_ID: CLIENT_ID,
      SPOTIFY_API_URL: this.spotify.apiUrl,
      SPOTIFY_ACCOUNTS_URL: this.spotify.origin,
      SPOTIFY_LINK_URL: this.spotify.linkUrl,
      DEEZER_API_URL: this.deezer.origin,
      DEEZER_LINK_URL: this.deezer.origin,
    };
  }

  /** Goes to Spotify, agrees and comes back. @returns the page of ours it ends on */
  async connect(app: TestApp, { browser }: TestUser, username = 'ada', from = 'settings'): Promise<string> {
    const { headers } = await browser.get(`/platforms/spotify/connect?from=${from}`);
    return comeBack(app, browser, await this.spotify.approve(headers.get('location') ?? '', username));
  }

  reset(): void {
    this.spotify.reset();
    this.deezer.reset();
  }

  async stop(): Promise<void> {
    await this.spotify.close();
    await this.deezer.close();
  }
}
