import { randomBytes } from 'node:crypto';

import type { LastfmSandbox } from '../../sandbox/lastfm/index.js';
import { TestClient } from '../support/test-client.js';

export interface TestUser {
  id: string;
  email: string;
  password: string;
  /** A personal token with every scope. */
  token: string;
  /** The browser that registered, signed in. */
  browser: TestClient;
}

export interface LinkedTestUser extends TestUser {
  lastfmUsername: string;
}

/** Makes what a test needs but is not about, over HTTP as anyone would. Pass only what matters. */
export class Factory {
  constructor(
    private readonly origin: string,
    private readonly lastfm: LastfmSandbox,
  ) {}

  async user({ displayName = 'Ada' } = {}): Promise<TestUser> {
    const browser = new TestClient(this.origin);
    const email = `${randomBytes(6).toString('hex')}@example.org`;
    const password = 'correct horse battery';
    const { body: me } = await browser.post('/auth/register', { email, password, displayName });
    const { body: created } = await browser.post('/me/tokens', { name: 'test', scopes: ['read', 'write', 'ingest'] });
    return { id: me.id, email, password, token: created.token, browser };
  }

  async linkedUser({ lastfmUsername = `l${randomBytes(5).toString('hex')}` } = {}): Promise<LinkedTestUser> {
    const user = await this.user();
    await this.link(user, lastfmUsername);
    return { ...user, lastfmUsername };
  }

  /** Goes through the whole handshake in the user's browser. */
  async link(user: TestUser, lastfmUsername: string): Promise<void> {
    const { body: handshake } = await user.browser.get('/lfm/auth/start');
    const callback = new URL(handshake.url).searchParams.get('cb') ?? '';
    const token = await this.lastfm.approve({ username: lastfmUsername, callback });
    const { searchParams } = new URL(callback);
    await user.browser.get(`/lfm/auth/callback?state=${searchParams.get('state') ?? ''}&token=${token}`);
  }

  async playlist(user: TestUser, tracks: TestTrack[] = [track('Intro')], title = 'Morning'): Promise<{ id: string }> {
    const { body } = await user.browser.post('/playlists', { title, visibility: 'private', tracks });
    return body as { id: string };
  }
}

interface TestTrack {
  artist: string;
  title: string;
  durationSeconds?: number;
}

export function track(title: string, durationSeconds = 180): TestTrack {
  return { artist: 'The Examples', title, durationSeconds };
}
