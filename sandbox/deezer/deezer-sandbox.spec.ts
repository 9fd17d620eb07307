import { DeezerSandbox } from './index.js';

interface Page {
  data: Array<{ title: string; readable: boolean }>;
  total: number;
  next?: string;
  error?: { code: number };
}

describe('the sandbox Deezer', () => {
  let now = new Date('2026-01-15T12:00:00Z');
  let deezer: DeezerSandbox;

  beforeAll(async () => {
    deezer = await DeezerSandbox.start({ now: () => now });
  });

  afterEach(() => {
    deezer.reset();
  });

  afterAll(async () => {
    await deezer.close();
  });

  const get = async <Answer = Page>(address: string): Promise<Answer> => {
    const response = await fetch(new URL(address, deezer.origin));
    expect(response.status).toBe(200);
    return (await response.json()) as Answer;
  };
  const idOf = (slug: string) => deezer.linkOf(slug).split('/').at(-1) ?? '';

  it('pages by whole addresses until there is no next one', async () => {
    let titles: string[] = [];
    let next: string | undefined = `/playlist/${idOf('lo-fi-beats')}/tracks?limit=250`;
    const sizes: number[] = [];
    while (next !== undefined) {
      const page: Page = await get(next);
      titles = [...titles, ...page.data.map(({ title }) => title)];
      sizes.push(page.data.length);
      next = page.next;
    }

    expect(sizes).toEqual([250, 250, 96]);
    expect(titles.slice(0, 2)).toEqual(['Hover', 'Lucy']);
  });

  it('embeds fewer tracks than there are, and says which cannot be played', async () => {
    const id = idOf('mixed-bag');
    const playlist = await get<{ nb_tracks: number; tracks: Page }>(`/playlist/${id}`);
    const { data } = await get(`/playlist/${id}/tracks`);

    expect([playlist.nb_tracks, playlist.tracks.data.length, data.length]).toEqual([6, 4, 6]);
    expect(data.filter(({ readable }) => !readable)).toHaveLength(2);
  });

  it('refuses with HTTP 200: what is private, what is no number, and the 51st request in 5 seconds', async () => {
    expect((await get('/playlist/1')).error?.code).toBe(800);
    expect((await get(`/playlist/${idOf('private')}/tracks`)).error?.code).toBe(800);
    expect((await get('/playlist/none')).error?.code).toBe(500);
    const codes = await Promise.all(Array.from({ length: 48 }, async () => (await get('/search?q=hover')).error?.code));
    expect(codes.filter((code) => code === 4)).toHaveLength(1);
    now = new Date(now.getTime() + 5_000);
    expect((await get('/search?q=hover')).error).toBeUndefined();
  });

  it('finds tracks by words and by fields', async () => {
    expect((await get('/search?q=artist:"otis neon" track:"lucy"')).data).toMatchObject([{ title: 'Lucy' }]);
    expect((await get('/search?q=tiesto&limit=3')).data).toHaveLength(3);
  });

  it('answers a short link with one redirect to a page that names the playlist', async () => {
    const { pathname } = new URL(deezer.shortLinkOf('murga'));
    const response = await fetch(new URL(pathname, deezer.origin), { redirect: 'manual' });
    const target = new URL(response.headers.get('location') ?? '');

    expect([response.status, target.host]).toEqual([302, 'link.deezer.com']);
    expect(target.searchParams.get('dest')).toContain(deezer.linkOf('murga'));
  });
});
