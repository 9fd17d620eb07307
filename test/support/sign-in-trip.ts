import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

type Kind = 'oidc' | 'discord' | 'lastfm';

/** Sets out from our address. @returns where the browser is sent: the provider, or a page of ours */
export async function depart(browser: TestClient, kind: Kind, query: Record<string, string> = {}): Promise<string> {
  const { status, headers } = await browser.get(`/auth/${kind}?${new URLSearchParams(query).toString()}`);
  return status === 302 ? (headers.get('location') ?? '') : `${status}`;
}

/** Comes back from a provider. @param address as it sends browsers back. @returns our page, without our origin */
export async function comeBack(app: TestApp, browser: TestClient, address: string): Promise<string> {
  const back = new URL(address);
  const { status, headers } = await browser.get(back.pathname.replace(/^\/api/, '') + back.search);
  const page = new URL(headers.get('location') ?? 'about:blank');
  return status === 302 && page.origin === app.publicOrigin ? page.pathname + page.search + page.hash : `${status}`;
}

/** Presses the button of the sandbox Last.fm. @returns where it sends the browser */
export async function allowAtLastfm(address: string, username: string): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'allow', username }),
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
}
