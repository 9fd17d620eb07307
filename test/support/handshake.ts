import type { TestUser } from '../factories/factory.js';
import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

/** One linking of a Last.fm account, step by step, as the browsers involved go through it. */
export class Handshake {
  private constructor(
    private readonly app: TestApp,
    /** The address at Last.fm that the browser is sent to. */
    readonly url: string,
    readonly state: string,
    readonly expiresAt: string,
  ) {}

  static async start(app: TestApp, user: TestUser): Promise<Handshake> {
    const { body } = await user.browser.get('/lfm/auth/start');
    return new Handshake(app, body.url, body.state, body.expiresAt);
  }

  /** One whose address was given to the person elsewhere than in a browser. */
  static at(app: TestApp, url: string): Handshake {
    const callback = new URL(new URL(url).searchParams.get('cb') ?? '');
    return new Handshake(app, url, callback.searchParams.get('state') ?? '', '');
  }

  /** Presses "Yes, allow access" on Last.fm's page. @returns the token that Last.fm sends the browser back with */
  async allow(username: string): Promise<string> {
    const response = await fetch(this.url, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'allow', username }),
      redirect: 'manual',
    });
    const back = new URL(response.headers.get('location') ?? '');
    if (back.searchParams.get('state') !== this.state) {
      throw new Error('Last.fm lost our state on the way.');
    }
    return back.searchParams.get('token') ?? '';
  }

  /** Comes back from Last.fm. @returns the page of ours where the browser ends, without our origin */
  async comeBack(browser: TestClient, token: string, state = this.state): Promise<string> {
    const query = new URLSearchParams({ state, ...(token && { token }) });
    const { status, headers } = await browser.get(`/lfm/auth/callback?${query.toString()}`);
    const page = new URL(headers.get('location') ?? 'about:blank');
    return status === 302 && page.origin === this.app.publicOrigin ? page.pathname + page.search : `${status}`;
  }
}
