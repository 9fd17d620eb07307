import type { Fault } from './faults.js';
import type { LastfmSandbox } from './lastfm-sandbox.js';
import { ApiClient, MovedClock, play, sign, startSandbox, verdictsOf } from './testing/api-client.js';

describe('A fault', () => {
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

  const scrobble = () => client.send(sign({ method: 'track.scrobble', sk, ...play() }), { format: 'json' });
  const storedCount = () => sandbox.scrobblesOf('alice').length;
  const outcomes = () => sandbox.calls.map(({ outcome }) => outcome);

  it('can be an answer of any kind', async () => {
    sandbox.faults.next({ kind: 'body', status: 418, body: '{"short":"and stout"}' });

    const response = await scrobble();

    expect([response.status, await response.text()]).toEqual([418, '{"short":"and stout"}']);
    expect(storedCount()).toBe(0);
  });

  it.each([
    [{ kind: 'error', code: 8 }, 500],
    [{ kind: 'error', code: 9 }, 403],
    [{ kind: 'error', code: 11 }, 503],
    [{ kind: 'error', code: 16 }, 503],
    [{ kind: 'error', code: 16, status: 200 }, 200],
    [{ kind: 'error', code: 29 }, 429],
  ] satisfies [Fault, number][])('%j answers status %d and stores nothing', async (fault, status) => {
    sandbox.faults.next(fault);

    const response = await scrobble();

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: fault.code });
    expect([storedCount(), outcomes()]).toEqual([0, [fault.code]]);
  });

  it('words error 29 as a test asks', async () => {
    const message = 'Rate Limit Exceeded - Too many scrobbles in a short period. Please try again later.';
    sandbox.faults.next({ kind: 'error', code: 29, message });

    const response = await scrobble();

    expect([response.status, await response.json()]).toEqual([429, { message, error: 29 }]);
  });

  it('error-after-accepting stores and then answers the error', async () => {
    sandbox.faults.next({ kind: 'error-after-accepting', code: 8 });

    expect(await (await scrobble()).json()).toMatchObject({ error: 8 });
    expect([storedCount(), outcomes()]).toEqual([1, ['error-after-accepting']]);
  });

  it('is in XML for a client that asks for XML', async () => {
    sandbox.faults.next({ kind: 'error', code: 6, message: 'no such page' });

    const { text } = await client.postForXml('track.scrobble', { sk, ...play() });

    expect(text).toContain('<lfm status="failed"><error code="6">no such page</error></lfm>');
  });

  it.each([
    ['html', 0],
    ['html-after-accepting', 1],
  ] as const)('%s answers a web page, with %d stored', async (kind, stored) => {
    sandbox.faults.next({ kind, status: 503 });

    const response = await scrobble();

    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<h1>503');
    expect([storedCount(), outcomes()]).toEqual([stored, [kind]]);
  });

  it('cut ends the connection in the middle of the body', async () => {
    sandbox.faults.next({ kind: 'cut' });

    const response = await scrobble();

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect([storedCount(), outcomes()]).toEqual([0, ['cut']]);
  });

  it.each([
    ['cut-after-accepting', 1],
    ['drop', 0],
  ] as const)('%s ends the connection without an answer, with %d stored', async (kind, stored) => {
    sandbox.faults.next({ kind });

    await expect(scrobble()).rejects.toThrow();
    expect([storedCount(), outcomes()]).toEqual([stored, [kind]]);
  });

  it.each([true, false])('truncated-json is whole for HTTP and half for JSON (accepting: %s)', async (accepting) => {
    sandbox.faults.next({ kind: 'truncated-json', accepting });

    const response = await scrobble();
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(storedCount()).toBe(accepting ? 1 : 0);
  });

  it('stall goes on normally when it accepts', async () => {
    sandbox.faults.next({ kind: 'stall', milliseconds: 5, accepting: true });

    expect((await scrobble()).status).toBe(200);
    expect([storedCount(), outcomes()]).toEqual([1, ['ok']]);
  });

  it('stall ends the connection when it does not accept', async () => {
    sandbox.faults.next({ kind: 'stall', milliseconds: 5, accepting: false });

    await expect(scrobble()).rejects.toThrow();
    expect([storedCount(), outcomes()]).toEqual([0, ['stall']]);
  });

  it('stall does not hold up the end of the sandbox', async () => {
    const other = await startSandbox(clock);
    other.faults.next({ kind: 'stall', milliseconds: 3_600_000, accepting: true });
    const call = new ApiClient(other).send(sign({ method: 'auth.getToken' }));
    while (other.calls.length === 0) {
      await new Promise(setImmediate);
    }

    await Promise.all([other.close(), expect(call).rejects.toThrow()]);
  });

  it('ignore imposes its code on one item of a batch', async () => {
    sandbox.faults.next({ kind: 'ignore', code: 2, index: 1 });
    await client.get('user.getInfo', { user: 'alice' });

    const { body } = await client.scrobble(sk, ...['One', 'Two', 'Three'].map((track) => play({ track })));

    expect(verdictsOf(body)).toEqual(['0', '2', '0']);
    expect(sandbox.scrobblesOf('alice').map(({ track }) => track)).toEqual(['One', 'Three']);
  });

  it('ignore without an index imposes its code on every item', async () => {
    sandbox.faults.next({ kind: 'ignore', code: 5 });

    const { body } = await client.scrobble(sk, play({ track: 'One' }), play({ track: 'Two' }));

    expect(body.scrobbles['@attr']).toEqual({ accepted: 0, ignored: 2 });
  });

  it('hook runs between acceptance and answer', async () => {
    const seen: unknown[] = [];
    sandbox.faults.next({
      kind: 'hook',
      run: () => Promise.resolve(seen.push(storedCount(), sandbox.calls.length)),
    });

    expect((await scrobble()).status).toBe(200);
    expect(seen).toEqual([1, 1]);
  });

  it('lag hides from the recent tracks what has just arrived', async () => {
    await client.get('user.getInfo', { user: 'alice' });
    await scrobble();
    sandbox.faults.always({ kind: 'lag', seconds: 60 });
    const total = async () => {
      const { body } = await client.get('user.getRecentTracks', { user: 'alice' });
      return (body as { recenttracks: { '@attr': { total: string } } }).recenttracks['@attr'].total;
    };

    clock.advance(59);
    const before = await total();
    clock.advance(1);

    expect([before, await total()]).toEqual(['0', '1']);
  });

  it('is chosen call by call where a schedule is kept elsewhere', async () => {
    sandbox.faults.decideBy(({ method }) => (method === 'track.scrobble' ? { kind: 'error', code: 11 } : null));
    const other = await client.get('user.getInfo', { user: 'alice' });
    sandbox.faults.next({ kind: 'error', code: 8 });

    expect([other.status, (await scrobble()).status, (await scrobble()).status]).toEqual([200, 500, 503]);
  });

  it('of a later kind waits its turn', async () => {
    sandbox.faults.next({ kind: 'error', code: 8 });
    sandbox.faults.next({ kind: 'error', code: 16 });

    expect([(await scrobble()).status, (await scrobble()).status, (await scrobble()).status]).toEqual([500, 503, 200]);
  });

  it('meets only calls that its filter lets through', async () => {
    sandbox.faults.next({ kind: 'error', code: 8 }, { method: 'track.Scrobble', username: 'Alice' });
    const bob = sandbox.createSessionKey('bob');

    const ofBob = await client.scrobble(bob, play());
    const otherMethod = await client.post('track.love', { sk, artist: 'A', track: 'T' });

    expect([ofBob.status, otherMethod.status, (await scrobble()).status]).toEqual([200, 200, 500]);
  });

  it('stands until it is removed', async () => {
    const remove = sandbox.faults.always({ kind: 'error', code: 11 }, { username: 'alice' });

    expect([(await scrobble()).status, (await scrobble()).status]).toEqual([503, 503]);
    remove();
    expect((await scrobble()).status).toBe(200);
  });

  it('is forgotten when faults are cleared', async () => {
    sandbox.faults.next({ kind: 'drop' });
    sandbox.faults.always({ kind: 'drop' });
    sandbox.faults.limitRate(0);

    sandbox.faults.clear();

    expect((await scrobble()).status).toBe(200);
  });

  it('gives way to the refusal of a call that would not have been accepted', async () => {
    sandbox.faults.next({ kind: 'cut-after-accepting' });
    sandbox.revoke(sk);

    expect(await (await scrobble()).json()).toMatchObject({ error: 9 });
  });
});

describe('The request rate', () => {
  it('answers 429 with error 29 beyond the average of 5 minutes', async () => {
    const clock = new MovedClock();
    const sandbox = await startSandbox(clock);
    const client = new ApiClient(sandbox);
    const sk = sandbox.createSessionKey('alice');
    const status = async () => (await client.get('user.getInfo', { user: 'alice' })).status;
    sandbox.faults.limitRate(0.01); // 3 calls in 5 minutes

    const burst = [await status(), await status(), await status(), await status()];
    clock.advance(299);
    const tooSoon = await client.scrobble(sk, play());
    clock.advance(1);
    const later = [await status(), await status(), await status(), await status()];
    sandbox.faults.limitRate(null);
    const unlimited = await status();
    await sandbox.close();

    expect(burst).toEqual([200, 200, 200, 429]);
    expect([tooSoon.status, tooSoon.body.error]).toEqual([429, 29]);
    expect(later).toEqual([200, 200, 200, 429]);
    expect(unlimited).toBe(200);
  });
});
