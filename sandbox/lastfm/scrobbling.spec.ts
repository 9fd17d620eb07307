import type { LastfmSandbox } from './index.js';
import {
  ApiClient,
  MovedClock,
  NOON,
  batch,
  encode,
  play,
  sign,
  startSandbox,
  verdictsOf,
} from './testing/api-client.js';

const DAY = 86_400;

describe('track.scrobble', () => {
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

  it('answers one scrobble as an object, with numbers only in the totals', async () => {
    const { status, body } = await client.post('track.scrobble', { sk, ...play({ albumArtist: 'Other' }) });

    expect(status).toBe(200);
    expect(body).toEqual({
      scrobbles: {
        scrobble: {
          track: { corrected: '0', '#text': 'Arabella' },
          artist: { corrected: '0', '#text': 'Arctic Monkeys' },
          album: { corrected: '0', '#text': 'AM' },
          albumArtist: { corrected: '0', '#text': 'Other' },
          ignoredMessage: { code: '0', '#text': '' },
          timestamp: String(NOON - 60),
        },
        '@attr': { accepted: 1, ignored: 0 },
      },
    });
  });

  it('answers several as an array in the order of the request', async () => {
    const { body } = await client.scrobble(sk, ...['One', 'Two', 'Three'].map((track) => play({ track })));

    expect(body.scrobbles.scrobble.map(({ track }) => track['#text'])).toEqual(['One', 'Two', 'Three']);
    expect(body.scrobbles['@attr']).toEqual({ accepted: 3, ignored: 0 });
  });

  it('answers XML when no format is asked for', async () => {
    const { text } = await client.postForXml('track.scrobble', { sk, ...play({ track: 'A < B & "C"', album: '' }) });

    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<lfm status="ok"><scrobbles accepted="1" ignored="0"><scrobble>' +
        '<track corrected="0">A &lt; B &amp; &quot;C&quot;</track><artist corrected="0">Arctic Monkeys</artist>' +
        '<album corrected="0"></album><albumArtist corrected="0"></albumArtist>' +
        `<ignoredMessage code="0"></ignoredMessage><timestamp>${NOON - 60}</timestamp>` +
        '</scrobble></scrobbles></lfm>\n',
    );
  });

  it('stores what was sent', async () => {
    await client.scrobble(sk, play({ albumArtist: 'Various Artists', duration: 207, chosenByUser: '0' }), {
      artist: 'Björk',
      track: 'Jóga',
      timestamp: NOON - 30,
    });

    expect(sandbox.scrobblesOf('Alice')).toEqual([
      {
        artist: 'Arctic Monkeys',
        track: 'Arabella',
        album: 'AM',
        albumArtist: 'Various Artists',
        durationSeconds: 207,
        timestamp: NOON - 60,
        chosenByUser: false,
        receivedAt: clock.now(),
      },
      {
        artist: 'Björk',
        track: 'Jóga',
        album: null,
        albumArtist: null,
        durationSeconds: null,
        timestamp: NOON - 30,
        chosenByUser: true,
        receivedAt: clock.now(),
      },
    ]);
  });

  it.each([
    ['raw', (body: string) => body.replaceAll('%5B', '[').replaceAll('%5D', ']')],
    ['percent-encoded', (body: string) => body],
  ])('reads %s brackets beyond the limits of array parsers', async (_form, spell) => {
    const tracks = Array.from({ length: 50 }, (_, i) => play({ track: `No. ${i}`, timestamp: NOON - 1000 + i }));
    const body = spell(encode(sign({ method: 'track.scrobble', sk, ...batch(tracks) })));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    const response = await fetch(`${sandbox.origin}/2.0?format=json`, { method: 'POST', headers, body });

    expect(await response.json()).toMatchObject({ scrobbles: { '@attr': { accepted: 50, ignored: 0 } } });
    expect(sandbox.scrobblesOf('alice').map(({ track }) => track)).toEqual(tracks.map(({ track }) => track));
  });

  it('merges query string and body', async () => {
    const { method, api_key: apiKey, ...rest } = sign({ method: 'track.scrobble', sk, ...play() });
    const query = encode({ method: method!, api_key: apiKey!, format: 'json' });

    const response = await fetch(`${sandbox.apiUrl}?${query}`, {
      method: 'POST',
      body: new URLSearchParams(encode(rest)),
    });

    expect(response.status).toBe(200);
    expect(sandbox.scrobblesOf('alice')).toHaveLength(1);
  });

  it('takes everything from the query string of a POST without a body', async () => {
    const query = encode({ ...sign({ method: 'track.scrobble', sk, ...play() }), format: 'json' });

    const response = await fetch(`${sandbox.apiUrl}?${query}`, { method: 'POST' });

    expect(response.status).toBe(200);
    expect(sandbox.scrobblesOf('alice')).toHaveLength(1);
  });

  it('lets the last value of a repeated name win', async () => {
    const body = `artist=Nobody&${encode({ ...sign({ method: 'track.scrobble', sk, ...play() }), format: 'json' })}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };

    const response = await fetch(sandbox.apiUrl, { method: 'POST', headers, body });

    expect(response.status).toBe(200);
    expect(sandbox.scrobblesOf('alice')[0]?.artist).toBe('Arctic Monkeys');
  });

  it.each([
    ['a filtered artist', { artist: 'Various Artists + more' }, 1],
    ['a filtered album artist', { albumArtist: 'VA' }, 1],
    ['a blank artist', { artist: ' ' }, 1],
    ['a blank track', { track: '' }, 2],
    ['a track under 30 seconds', { duration: 29 }, 2],
    ['a play over 14 days old', { timestamp: NOON - 14 * DAY - 1 }, 3],
    ['a play over 5 minutes ahead', { timestamp: NOON + 301 }, 4],
  ])('ignores %s and accepts the rest', async (_what, overrides, code) => {
    const { body } = await client.scrobble(sk, play(overrides), play({ track: 'Good' }));

    expect(body.scrobbles['@attr']).toEqual({ accepted: 1, ignored: 1 });
    expect(verdictsOf(body)).toEqual([String(code), '0']);
    expect(sandbox.scrobblesOf('alice').map(({ track }) => track)).toEqual(['Good']);
  });

  it.each([
    ['30 seconds long', { duration: 30 }],
    ['just 14 days old', { timestamp: NOON - 14 * DAY }],
    ['just 5 minutes ahead', { timestamp: NOON + 300 }],
    ['by "Various Artists"', { albumArtist: 'Various Artists' }],
  ])('accepts a play that is %s', async (_what, overrides) => {
    const { body } = await client.scrobble(sk, play(overrides));

    expect(body.scrobbles['@attr']).toEqual({ accepted: 1, ignored: 0 });
  });

  it('ignores with code 5 beyond the daily cap until the next UTC day', async () => {
    sandbox.setDailyCap('alice', 2);
    const tracks = ['One', 'Two', 'Three'].map((track) => play({ track }));

    const capped = await client.scrobble(sk, ...tracks);
    clock.advance(DAY / 2);
    const nextDay = await client.scrobble(sk, ...tracks);
    clock.advance(-DAY / 2);

    expect(verdictsOf(capped.body)).toEqual(['0', '0', '5']);
    expect(nextDay.body.scrobbles['@attr']).toEqual({ accepted: 3, ignored: 0 });
    expect(sandbox.scrobblesOf('alice')).toHaveLength(3);
  });

  it('answers a duplicate as accepted and stores it once', async () => {
    const inOneBatch = await client.scrobble(sk, play(), play());
    const again = await client.scrobble(sk, play());

    expect(inOneBatch.body.scrobbles['@attr']).toEqual({ accepted: 2, ignored: 0 });
    expect(again.body.scrobbles['@attr']).toEqual({ accepted: 1, ignored: 0 });
    expect(sandbox.scrobblesOf('alice')).toHaveLength(1);
  });

  it('stores every acceptance when it does not suppress duplicates', async () => {
    sandbox.suppressDuplicates = false;

    await client.scrobble(sk, play(), play());
    await client.scrobble(sk, play());

    expect(sandbox.scrobblesOf('alice')).toHaveLength(3);
  });

  it('keeps the same play of two users apart', async () => {
    const other = sandbox.createSessionKey('bob');

    await client.scrobble(sk, play());
    await client.scrobble(other, play());

    expect([sandbox.scrobblesOf('alice').length, sandbox.scrobblesOf('bob').length]).toEqual([1, 1]);
  });

  it('corrects an artist and says so', async () => {
    const { body } = await client.scrobble(sk, play({ artist: 'Guns N Roses' }));

    expect(body.scrobbles).toMatchObject({ scrobble: { artist: { corrected: '1', '#text': "Guns N' Roses" } } });
    expect(sandbox.scrobblesOf('alice')[0]?.artist).toBe("Guns N' Roses");
  });

  it.each([
    ['51 items', batch(Array.from({ length: 51 }, (_, i) => play({ timestamp: NOON - i })))],
    ['an index of 50', { 'artist[50]': 'A', 'track[50]': 'T', 'timestamp[50]': NOON }],
    ['an item without a track', { ...batch([play()]), 'artist[1]': 'A', 'timestamp[1]': NOON }],
    ['a timestamp that is no number', batch([play({ timestamp: 'yesterday' })])],
    ['no item at all', {}],
  ])('refuses the whole call with error 6 for %s', async (_what, params) => {
    const { status, body } = await client.post('track.scrobble', { sk, ...params });

    expect([status, body.error]).toEqual([400, 6]);
    expect(sandbox.scrobblesOf('alice')).toEqual([]);
  });
});
