import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';

import { TestClient } from './test-client.js';

/** The claims of whoever signs in, by the name they enter. */
type Claims = Record<string, unknown>;

/** A real OpenID Connect provider (panva/oidc-provider) on loopback, with one public client as Replit's are. */
export class OpenIdProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(people: Record<string, Claims>, redirectUri: string): Promise<OpenIdProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'our-app', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }],
      claims: { profile: ['first_name', 'last_name', 'profile_image_url', 'name', 'email', 'email_verified'] },
      conformIdTokenClaims: false,
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
      cookies: { keys: ['a key of the test'] },
      pkce: { required: () => true },
    });
    const answer = provider.callback();
    server.on('request', (request, response) => void answer(request, response));
    return new OpenIdProvider(server, issuer);
  }

  /** Enters the name and agrees, as a person would. @returns where the browser is sent back to */
  async allow(address: string, name: string): Promise<string> {
    const browser = new TestClient(this.issuer);
    let page = await this.follow(browser, address);
    page = await this.submit(browser, page, { prompt: 'login', login: name, password: 'any' });
    return this.submit(browser, page, { prompt: 'consent' });
  }

  /** Presses "cancel". @returns where the browser is sent back to */
  async cancel(address: string): Promise<string> {
    const browser = new TestClient(this.issuer);
    return this.follow(browser, `${await this.follow(browser, address)}/abort`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async submit(browser: TestClient, page: string, form: Record<string, string>): Promise<string> {
    const body = new URLSearchParams(form).toString();
    const { headers } = await browser.raw('POST', page, body, 'application/x-www-form-urlencoded');
    return this.follow(browser, headers.get('location') ?? '');
  }

  /** To the next form, or away from here. */
  private async follow(browser: TestClient, address: string): Promise<string> {
    let next = new URL(address, this.issuer);
    while (next.origin === this.issuer) {
      const { status, headers } = await browser.get(next.href);
      if (status < 300 || status >= 400) {
        return next.href;
      }
      next = new URL(headers.get('location') ?? '', this.issuer);
    }
    return next.href;
  }
}
