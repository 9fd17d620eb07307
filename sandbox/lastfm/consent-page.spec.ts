import type { LastfmSandbox } from './index.js';
import { API_KEY, ApiClient, MovedClock, encode, startSandbox } from './testing/api-client.js';

const CALLBACK = 'http://localhost:3000/callback';

describe('The consent page', () => {
  let sandbox: LastfmSandbox;
  let client: ApiClient;

  beforeAll(async () => {
    sandbox = await startSandbox(new MovedClock());
    client = new ApiClient(sandbox);
  });

  beforeEach(() => {
    sandbox.reset();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const open = (query: Record<string, string>) => fetch(`${sandbox.authUrl}?${encode(query)}`);
  const press = (query: Record<string, string>, decision: 'allow' | 'deny', username = 'dora') =>
    fetch(`${sandbox.authUrl}?${encode(query)}`, {
      method: 'POST',
      body: new URLSearchParams({ username, decision }),
      redirect: 'manual',
    });

  it('says who asks, that it is a sandbox, and whom it would connect', async () => {
    const response = await open({ api_key: API_KEY, cb: CALLBACK });
    const page = await response.text();

    expect(response.status).toBe(200);
    expect(page).toContain('SANDBOX');
    expect(page).toContain('localhost:3000');
    expect(page).toContain('value="sandbox-listener"');
    expect(page).toContain('Yes, allow access');
    expect(page).toContain('No, thanks');
  });

  it('carries no script and forbids any', async () => {
    const response = await open({ api_key: API_KEY, cb: CALLBACK });

    expect(await response.text()).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('sends the browser back with an approved token', async () => {
    const response = await press({ api_key: API_KEY, cb: CALLBACK }, 'allow');
    const location = new URL(response.headers.get('location') ?? '');
    const token = location.searchParams.get('token') ?? '';

    expect(response.status).toBe(302);
    expect(`${location.origin}${location.pathname}`).toBe(CALLBACK);
    expect((await client.post('auth.getSession', { token })).body.session).toMatchObject({ name: 'dora' });
  });

  it('lets the name that it suggests pass', async () => {
    const page = await (await open({ api_key: API_KEY, cb: CALLBACK })).text();
    const [suggested, pattern] = [/value="([^"]+)"/, /pattern="([^"]+)"/].map((of) => of.exec(page)?.[1] ?? '');

    const response = await press({ api_key: API_KEY, cb: CALLBACK }, 'allow', suggested);

    expect(suggested).toMatch(new RegExp(`^(?:${pattern})$`, 'v'));
    expect(page).toContain(`maxlength="${suggested?.length ?? 0}"`);
    expect(response.status).toBe(302);
  });

  it('appends the token to a callback that has a query string, and leaves that as it is', async () => {
    const response = await press({ api_key: API_KEY, cb: `${CALLBACK}?state=a%20b+c#top` }, 'allow');

    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/callback\?state=a%20b\+c&token=[0-9a-f]{32}#top$/,
    );
  });

  it('approves the token of a desktop application', async () => {
    const { body } = await client.post('auth.getToken');
    const token = String(body.token);

    const response = await press({ api_key: API_KEY, token }, 'allow');

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Access was given');
    expect((await client.post('auth.getSession', { token })).status).toBe(200);
  });

  it('gives nothing away on "No, thanks", and links back', async () => {
    const response = await press({ api_key: API_KEY, cb: `${CALLBACK}?state=x` }, 'deny', '');
    const page = await response.text();

    expect(response.status).toBe(200);
    expect(page).toContain('Access was not given');
    expect(page).toContain('href="http://localhost:3000"');
    expect(page).not.toContain('token=');
  });

  it.each(['', 'x', '1st', 'sixteen-letters-', 'a b', '<b>'])('asks again for the user name "%s"', async (username) => {
    const response = await press({ api_key: API_KEY, cb: CALLBACK }, 'allow', username);
    const page = await response.text();

    expect(response.status).toBe(400);
    expect(page).toContain('role="alert"');
    expect(page).not.toContain('<b>');
  });

  it.each([
    ['an unknown API key', { api_key: '<i>nobody</i>', cb: CALLBACK }, 'Invalid API key'],
    ['a callback that is a script', { api_key: API_KEY, cb: 'javascript:alert(1)' }, 'callback'],
    ['a callback that is no address', { api_key: API_KEY, cb: '//evil' }, 'callback'],
    ['a token that was never issued', { api_key: API_KEY, token: 'bogus' }, 'never issued'],
  ])('does not ask for %s', async (_what, query, message) => {
    const pages = [await open(query), await press(query, 'allow')];

    for (const response of pages) {
      expect(response.status).toBe(403);
      const page = await response.text();
      expect(page).toContain(message);
      expect(page).not.toContain('<i>');
      expect(page).not.toContain('<form');
    }
  });

  it('escapes what comes from the address', async () => {
    const page = await (await open({ api_key: API_KEY, cb: 'http://host/"><img src=x>' })).text();

    expect(page).not.toContain('<img');
  });
});

describe('The public pages', () => {
  let sandbox: LastfmSandbox;
  let client: ApiClient;

  beforeAll(async () => {
    sandbox = await startSandbox(new MovedClock());
    client = new ApiClient(sandbox);
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const page = async (path: string) => (await fetch(sandbox.origin + path)).text();

  it('show the profile of a user, escaped, and fresh every 5 seconds', async () => {
    const sk = sandbox.createSessionKey('alice');
    await client.post('track.scrobble', {
      sk,
      artist: '<script>alert(1)</script>',
      track: `"Tom's" & <b>`,
      album: 'AM',
      timestamp: 1_795_262_340,
    });
    await client.post('track.updateNowPlaying', { sk, artist: 'Air', track: '<u>Now</u>' });

    const profile = await page('/user/ALICE');

    expect(profile).toContain('<strong>1</strong> scrobbles');
    expect(profile).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(profile).toContain('&quot;Tom&#39;s&quot; &amp; &lt;b&gt;');
    expect(profile).toContain('&lt;u&gt;Now&lt;/u&gt;');
    expect(profile).toContain('2026-11-21 11:59 UTC');
    expect(profile).toContain('<meta http-equiv="refresh" content="5"');
    expect(profile).not.toMatch(/<script|<u>/);
  });

  it('list all users', async () => {
    sandbox.createSessionKey('bob');

    expect(await page('/')).toContain('<a href="/user/bob">bob</a>');
  });

  it('hide the listening of a private user', async () => {
    const sk = sandbox.createSessionKey('carol');
    await client.post('track.scrobble', { sk, artist: 'Secret', track: 'Tune', timestamp: 1_795_262_340 });
    sandbox.setPrivate('carol', true);

    expect(await page('/user/carol')).not.toContain('Secret');
  });

  it('do not know everyone', async () => {
    expect((await fetch(`${sandbox.origin}/user/nobody`)).status).toBe(404);
  });
});
