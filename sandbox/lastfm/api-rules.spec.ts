import type { LastfmSandbox } from './index.js';
import { API_KEY, ApiClient, MovedClock, NOON, encode, play, sign, startSandbox } from './testing/api-client.js';

const HEX = /^[0-9a-f]{32}$/;

describe('The API', () => {
  const clock = new MovedClock();
  let sandbox: LastfmSandbox;
  let client: ApiClient;
  let sk: string;

  beforeAll(async () => {
    sandbox = await startSandbox(clock);
    client = new ApiClient(sandbox);
  });

  beforeEach(() => {
    sandbox.reset();
    sk = sandbox.createSessionKey('alice');
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const send = async (params: Record<string, string | number>) => {
    const response = await client.send(params, { format: 'json' });
    return [response.status, ((await response.json()) as { error?: number }).error];
  };

  it('tells another process what it is', async () => {
    const response = await fetch(`${sandbox.origin}/sandbox/health`);

    expect(await response.json()).toEqual({ sandbox: 'lastfm' });
  });

  it.each(['/2.0', '/2.0/'])('answers at %s by GET and POST, to any origin', async (path) => {
    const url = `${sandbox.origin}${path}?${encode({ method: 'USER.getinfo', user: 'alice', api_key: API_KEY })}`;

    const responses = [await fetch(url), await fetch(url, { method: 'POST' })];

    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(responses[0]?.headers.get('access-control-allow-origin')).toBe('*');
    expect(responses[0]?.headers.get('content-type')).toBe('text/xml; charset=UTF-8');
  });

  it('answers a preflight request', async () => {
    const response = await fetch(sandbox.apiUrl, { method: 'OPTIONS' });

    expect([response.status, response.headers.get('access-control-max-age')]).toEqual([204, '86400']);
  });

  it('answers JSONP when a callback is named', async () => {
    const query = encode({ method: 'user.getInfo', user: 'alice', api_key: API_KEY, format: 'json', callback: 'f.g' });

    const response = await fetch(`${sandbox.apiUrl}?${query}`);

    expect(await response.text()).toMatch(/^f\.g\(\{"user":.*\}\);$/);
    expect(response.headers.get('content-type')).toContain('javascript');
  });

  it('answers plain JSON when the callback is no name of a function', async () => {
    const query = encode({ method: 'x', format: 'json', callback: '<script>' });

    expect(await (await fetch(`${sandbox.apiUrl}?${query}`)).json()).toMatchObject({ error: 3 });
  });

  it.each([
    ['a method that is missing', {}, 400, 6],
    ['an unknown method', { method: 'track.hate' }, 400, 3],
    ['an unknown API key', { method: 'user.getInfo', user: 'alice', api_key: 'nobody' }, 403, 10],
    ['a missing API key', { method: 'user.getInfo', user: 'alice' }, 403, 10],
    ['a missing signature', { method: 'auth.getToken', api_key: API_KEY }, 403, 13],
    ['a wrong signature', { ...sign({ method: 'auth.getToken' }), api_sig: 'f'.repeat(32) }, 403, 13],
    ['a value that was not signed', { ...sign({ method: 'auth.getToken' }), extra: '1' }, 403, 13],
    ['a read with a session key and no signature', { ...readOf('alice'), sk: 'some' }, 403, 13],
    ['a read with a wrong signature', { ...readOf('alice'), api_sig: 'f'.repeat(32) }, 403, 13],
    ['a write without a session key', sign({ method: 'track.scrobble', ...play() }), 403, 9],
    ['an unknown session key', sign({ method: 'track.scrobble', sk: 'nobody', ...play() }), 403, 9],
    ['a user that nobody knows', readOf('nobody'), 404, 6],
    ['a page below 1', { ...readOf('alice'), page: 0 }, 400, 6],
    ['a limit that is no number', { ...readOf('alice'), limit: 'all' }, 400, 6],
    ['a page beyond the last', { ...readOf('alice'), page: 2 }, 400, 6],
  ])('answers %s with its error', async (_what, params, status, code) => {
    expect(await send(params)).toEqual([status, code]);
  });

  it('lets a read be signed by hand in upper case', async () => {
    const params = sign(readOf('alice'));

    expect(await send({ ...params, api_sig: String(params.api_sig).toUpperCase() })).toEqual([200, undefined]);
  });

  it('takes writes by POST only', async () => {
    const response = await fetch(`${sandbox.apiUrl}?${encode(sign({ method: 'track.scrobble', sk, ...play() }))}`);

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<error code="4">');
    expect(sandbox.scrobblesOf('alice')).toEqual([]);
  });

  it('answers error 9 once the session key is revoked', async () => {
    sandbox.revoke(sk);

    expect(await send(sign({ method: 'track.scrobble', sk, ...play() }))).toEqual([403, 9]);
    expect(sandbox.calls.at(-1)).toMatchObject({ username: 'alice', outcome: 9 });
  });

  it('answers error 26 while the API key is suspended', async () => {
    sandbox.suspendApiKey(true);
    expect(await send(readOf('alice'))).toEqual([403, 26]);

    sandbox.suspendApiKey(false);
    expect(await send(readOf('alice'))).toEqual([200, undefined]);
  });

  it('logs each call with its user, items and outcome', async () => {
    await client.scrobble(sk, play({ track: 'One' }), play({ track: 'Two' }));
    await client.get('user.getInfo', { user: 'nobody' });

    expect(sandbox.calls).toEqual([
      { at: clock.now(), method: 'track.scrobble', username: 'alice', itemCount: 2, outcome: 'ok' },
      { at: clock.now(), method: 'user.getinfo', username: 'nobody', itemCount: 0, outcome: 6 },
    ]);
  });

  describe('auth', () => {
    const tokenOf = async () => String((await client.post('auth.getToken')).body.token);

    it('goes from an issued token over an approved one to a session key', async () => {
      const token = await tokenOf();
      const tooEarly = await client.post('auth.getSession', { token });
      await sandbox.approve({ username: 'bob', token });
      const { status, body } = await client.post('auth.getSession', { token });

      expect(token).toMatch(HEX);
      expect([tooEarly.status, tooEarly.body.error]).toEqual([403, 14]);
      expect([status, body]).toEqual([
        200,
        { session: { name: 'bob', key: expect.stringMatching(HEX), subscriber: 0 } },
      ]);
      expect(sandbox.calls.at(-1)?.username).toBe('bob');
    });

    it('gives a session key that works', async () => {
      const token = await sandbox.approve({ username: 'bob', callback: 'http://localhost:3000/callback' });
      const { body } = await client.post('auth.getSession', { token });
      const { key } = body.session as { key: string };

      expect((await client.scrobble(key, play())).status).toBe(200);
      expect(sandbox.scrobblesOf('bob')).toHaveLength(1);
    });

    it('uses a token up with the first session key', async () => {
      const token = await sandbox.approve({ username: 'bob' });
      await client.post('auth.getSession', { token });

      expect((await client.post('auth.getSession', { token })).body.error).toBe(4);
    });

    it('lets a token expire after 60 minutes', async () => {
      const [early, late] = [await sandbox.approve({ username: 'bob' }), await sandbox.approve({ username: 'bob' })];
      clock.advance(3599);
      const inTime = await client.post('auth.getSession', { token: early });
      clock.advance(1);
      const tooLate = await client.post('auth.getSession', { token: late });
      clock.advance(-3600);

      expect(inTime.status).toBe(200);
      expect([tooLate.status, tooLate.body.error]).toEqual([403, 15]);
    });

    it('does not know a token that was never issued', async () => {
      const { status, text } = await client.postForXml('auth.getSession', { token: 'bogus' });

      expect(status).toBe(403);
      expect(text).toContain(
        '<lfm status="failed"><error code="4">Unauthorized Token - This token has not been issued</error></lfm>',
      );
    });

    it('opens a mobile session with any password but "wrong"', async () => {
      const opened = await client.post('auth.getMobileSession', { username: 'carol@example.org', password: 'secret' });
      const refused = await client.post('auth.getMobileSession', { username: 'carol', password: 'wrong' });

      expect(opened.body.session).toMatchObject({ name: 'carol' });
      expect([refused.status, refused.body.error]).toEqual([403, 4]);
    });

    it('opens a mobile session with the older authToken', async () => {
      const authToken = 'f1271ca13fe3c99db2e2519670a730ae';

      expect((await client.post('auth.getMobileSession', { username: 'alice', authToken })).status).toBe(200);
    });

    it('knows a user in any case, by the spelling that came first', async () => {
      const token = await sandbox.approve({ username: 'ALICE' });

      expect((await client.post('auth.getSession', { token })).body.session).toMatchObject({ name: 'alice' });
    });
  });

  it('approves nothing that its page would refuse', async () => {
    await expect(sandbox.approve({ username: '1st' })).rejects.toThrow('user name');
    await expect(sandbox.approve({ username: 'bob', token: 'bogus' })).rejects.toThrow('token');
    await expect(sandbox.approve({ username: 'bob', callback: 'javascript:alert(1)' })).rejects.toThrow('callback');
  });

  it('shows the track playing now until it must have ended', async () => {
    const { body } = await client.post('track.updateNowPlaying', {
      sk,
      artist: 'Air',
      track: 'La Femme',
      duration: 90,
    });

    expect(body.nowplaying).toMatchObject({
      track: { corrected: '0', '#text': 'La Femme' },
      ignoredMessage: { code: '0', '#text': '' },
    });
    expect(sandbox.nowPlayingOf('alice')).toMatchObject({ artist: 'Air', track: 'La Femme', durationSeconds: 90 });
    clock.advance(90);
    expect(sandbox.nowPlayingOf('alice')).toBeNull();
    clock.advance(-90);
  });

  it.each([
    ['JSON', () => client.post('track.love', { sk, artist: 'Air', track: 'La Femme' }).then(({ body }) => body), {}],
    [
      'XML',
      () => client.postForXml('track.love', { sk, artist: 'Air', track: 'La Femme' }).then(({ text }) => text),
      '<?xml version="1.0" encoding="UTF-8"?>\n<lfm status="ok"></lfm>\n',
    ],
  ])('answers love with nothing in %s', async (_format, love, expected) => {
    expect(await love()).toEqual(expected);
  });

  it('remembers love and its end', async () => {
    await client.post('track.love', { sk, artist: 'Air', track: 'La Femme' });
    await client.post('track.love', { sk, artist: 'Air', track: 'Kelly' });
    await client.post('track.unlove', { sk, artist: 'air', track: 'kelly' });

    expect((await client.get('user.getLovedTracks', { user: 'alice' })).body).toMatchObject({
      lovedtracks: {
        track: { name: 'La Femme', artist: { name: 'Air' }, date: { uts: String(NOON) } },
        '@attr': { total: '1' },
      },
    });
  });
});

function readOf(user: string): Record<string, string> {
  return { method: 'user.getRecentTracks', user, api_key: API_KEY };
}
