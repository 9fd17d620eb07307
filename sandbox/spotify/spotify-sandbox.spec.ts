import { createHash } from 'node:crypto';

import { SpotifySandbox } from './index.js';

const REDIRECT = 'http://127.0.0.1:3000/api/platforms/spotify/callback';
const SCOPE = 'playlist-read-private user-read-recently-played user-read-currently-playing';
const VERIFIER = 'a-verifier-of-forty-three-characters-or-more';
const START = new Date('2026-01-15T12:00:00Z');

interface Tokens {
  access_token: string;
  refresh_token: string;
  error?: string;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads whatever shape it is about
type Answer = { status: number; body: any };

describe('the sandbox Spotify', () => {
  let now = START;
  let spotify: SpotifySandbox;

  beforeAll(async () => {
    spotify = await SpotifySandbox.start({ clientId: 'app', redirectUris: [REDIRECT], now: () => now });
  });

  afterEach(() => {
    now = START;
    spotify.reset();
  });

  afterAll(async () => {
    await spotify.close();
  });

  const authorizeUrl = (over: Record<string, string> = {}): string => {
    const query = new URLSearchParams({
      client_id: 'app',
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: SCOPE,
      state: 'a-state',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
      ...over,
    });
    return `${spotify.origin}/authorize?${query.toString()}`;
  };
  const token = async (form: Record<string, string>): Promise<Tokens> => {
    const body = new URLSearchParams({ client_id: 'app', ...form });
    return (await (await fetch(`${spotify.origin}/api/token`, { method: 'POST', body })).json()) as Tokens;
  };
  const redeem = async (verifier = VERIFIER, over: Record<string, string> = {}): Promise<Tokens> => {
    const back = new URL(await spotify.approve(authorizeUrl(over), 'ada'));
    const code = back.searchParams.get('code') ?? '';
    return token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: verifier });
  };
  const refresh = (refreshToken: string) => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const get = async ({ access_token: accessToken }: Tokens, path: string): Promise<Answer> => {
    const address = path.startsWith('http') ? path : `${spotify.apiUrl}${path}`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  const idOf = (slug: string) => spotify.linkOf(slug).split('/').at(-1) ?? '';

  it('asks the person, and sends the browser back with what it brought', async () => {
    const page = await (await fetch(authorizeUrl())).text();
    expect(page).toContain('Connect your Spotify account?');
    const body = new URLSearchParams({ decision: 'allow', username: 'ada' });
    const response = await fetch(authorizeUrl(), { method: 'POST', body, redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? '');

    expect([response.status, back.searchParams.get('state')]).toEqual([302, 'a-state']);
    expect((await fetch(authorizeUrl({ redirect_uri: 'http://evil.example' }))).status).toBe(400);
  });

  it('takes a code once, and only with the verifier that belongs to it', async () => {
    expect((await redeem('another-verifier')).error).toBe('invalid_grant');
    expect((await get(await redeem(), '/me')).body).toMatchObject({ id: 'ada' });
  });

  it('ends access after an hour, gives a new refresh token each time, and ends them six months after consent', async () => {
    const first = await redeem();
    now = new Date('2026-01-15T13:00:00Z');
    expect((await get(first, '/me')).status).toBe(401);
    const second = await refresh(first.refresh_token);
    expect((await get(second, '/me')).status).toBe(200);
    expect((await refresh(first.refresh_token)).error).toBe('invalid_grant');
    now = new Date('2026-07-15T12:00:00Z');
    expect((await refresh(second.refresh_token)).error).toBe('invalid_grant');
  });

  it('hands out what is owned or worked on together, 50 at a time, and nothing of other people', async () => {
    const tokens = await redeem();
    const { body: lists } = await get(tokens, '/me/playlists?limit=50');
    expect(lists.items).toHaveLength(14);
    const { body: page } = await get(tokens, `/playlists/${idOf('murga')}/items?limit=100`);
    expect([page.items.length, page.total]).toEqual([50, 641]);
    expect((await get(tokens, page.next)).body.offset).toBe(50);
    expect((await get(tokens, `/playlists/${idOf('followed')}`)).body).not.toHaveProperty('items');
    expect((await get(tokens, `/playlists/${idOf('followed')}/items`)).status).toBe(403);
    expect((await get(tokens, '/playlists/0000000000000000000000')).status).toBe(404);
  });

  it('mixes songs with what is none, and can be as it was before 2026', async () => {
    const tokens = await redeem();
    const { body } = await get(tokens, `/playlists/${idOf('mixed-bag')}/items`);
    expect(body.items.map(({ item }: { item: { type: string } | null }) => item?.type)).toEqual([
      'track',
      undefined,
      'episode',
      'track',
      'track',
      'track',
      'track',
    ]);
    expect(body.items[3]).toMatchObject({ is_local: true, item: { id: null, artists: [{ name: 'My Own Band' }] } });
    spotify.becomeOld();
    expect((await get(tokens, `/playlists/${idOf('mixed-bag')}/items`)).status).toBe(404);
    expect((await get(tokens, `/playlists/${idOf('mixed-bag')}/tracks`)).body.items[0]).toHaveProperty('track');
  });

  it('tells what was played and what plays, to whoever was allowed to ask', async () => {
    const tokens = await redeem();
    expect((await get(tokens, '/me/player/currently-playing')).status).toBe(204);
    spotify.played('ada', { slug: 'lo-fi-beats', place: 0 }, new Date('2026-01-15T11:50:00Z'));
    spotify.played('ada', { slug: 'lo-fi-beats', place: 1 }, new Date('2026-01-15T11:55:00Z'));
    spotify.playsNow('ada', { slug: 'murga', place: 0, startedAt: START, isPlaying: true });

    const { body } = await get(tokens, `/me/player/recently-played?after=${Date.parse('2026-01-15T11:50:00Z')}`);
    expect(body.items).toMatchObject([{ played_at: '2026-01-15T11:55:00.000Z', track: { name: 'Lucy' } }]);
    expect((await get(tokens, '/me/player/currently-playing')).body).toMatchObject({ is_playing: true });
    expect((await get(await redeem(VERIFIER, { scope: '' }), '/me/player/recently-played')).status).toBe(403);
  });

  it('searches ten at most', async () => {
    const tokens = await redeem();
    expect((await get(tokens, '/search?q=tiesto&type=track&limit=10')).body.tracks.items).toHaveLength(10);
    expect((await get(tokens, '/search?q=tiesto&type=track&limit=11')).status).toBe(400);
  });
});
