import fc from 'fast-check';

import { type LinkedTestUser, type TestUser, track } from './factories/factory.js';
import { ProposedMerge } from './support/proposed-merge.js';
import { type AskedDays, recount, told } from './support/recount.js';
import { TestApp } from './support/test-app.js';

const EVER: AskedDays = { from: '2023-01-01', to: '2026-12-31' };
/** Nights in which the clocks change there; in Havana at midnight, on Lord Howe by half an hour. */
const ZONES = [
  { timeZone: 'Europe/Berlin', nights: ['2025-03-30T00:00Z', '2025-10-26T00:00Z'] },
  { timeZone: 'America/Havana', nights: ['2025-03-09T04:00Z', '2025-11-02T04:00Z'] },
  { timeZone: 'Australia/Lord_Howe', nights: ['2025-04-05T14:00Z', '2025-10-04T15:00Z'] },
];

describe('/analytics', () => {
  let app: TestApp;
  let ada: LinkedTestUser;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  beforeEach(async () => {
    ada = await app.create.linkedUser();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const expectTruth = async (user: TestUser, timeZone = 'UTC', asked = EVER) => {
    expect(await told(app.as(user), asked)).toEqual(await recount(app, user.id, timeZone, asked));
  };
  const ask = async (what: string, user: TestUser = ada) => (await app.as(user).get(`/analytics/${what}`)).body;
  const post = async (titles: readonly string[], playedAt?: string): Promise<string[]> => {
    const tracks = titles.map((title) => ({ ...track(title), ...(playedAt && { playedAt }) }));
    const { body } = await app.as(ada).post('/scrobbles', tracks);
    return (body.items as Array<{ id: string }>).map(({ id }) => id);
  };

  /** Plays straight into the ledger, `minutes` from a moment on; few names, so that they repeat. */
  const write = async (from: string, minutes: readonly number[], state = 'archived') => {
    await app.sql(
      `with play as (
         insert into scrobble (user_id, id, artist, title, album, album_artist, played_at, source, provenance, chosen_by_user,
                               match_key, created_at)
         select $1, gen_random_uuid(), 'Artist ' || m % 3, 'Title ' || m % 5, case when m % 4 > 0 then 'Album ' || m % 2 end,
                case when m % 7 = 0 then 'Various' end, $2::timestamptz + make_interval(mins => m), 'import', 'heard', true,
                m::text, now()
           from unnest($3::int[]) as m returning *)
       insert into delivery (user_id, scrobble_id, destination, state, played_at, attempts, deadline_at, created_at)
       select user_id, id, 'lastfm', $4, played_at, 0, played_at, now() from play`,
      [ada.id, from, minutes, state],
    );
  };

  it.each(ZONES)('equals a recount in $timeZone, where the clocks change', async ({ timeZone, nights }) => {
    const days = nights.map((night) => night.slice(0, 10));
    for (const night of nights) {
      await write(
        night,
        Array.from({ length: 300 }, (_, i) => i * 11 - 1500),
      );
    }
    await expectTruth(ada);
    await app.as(ada).patch('/me', { timeZone });

    await expectTruth(ada, timeZone);
    for (const day of days) {
      await expectTruth(ada, timeZone, { from: day, to: day });
    }
    // From now on the counts follow what is written.
    await write(nights[0]!, [1, 59, 61, 119, 121]);
    await expectTruth(ada, timeZone, { from: days[0]!, to: days[1]! });
    await expectTruth(ada, timeZone);
  });

  it('equals a recount whatever is written, changed and deleted in whichever order', async () => {
    const timeZone = 'America/Havana';
    await app.as(ada).patch('/me', { timeZone });
    const minutes = fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 1, maxLength: 40 });
    const step = fc.oneof(
      minutes.map((which) => () => write('2025-03-01T00:00Z', which, 'queued')),
      fc
        .constantFrom('accepted', 'duplicate', 'failed', 'held')
        .chain((state) =>
          fc
            .integer({ min: 1, max: 4 })
            .map(
              (part) => () =>
                app.sql(
                  `update delivery set state = $2 where user_id = $1 and extract(minute from played_at)::int % 5 = $3`,
                  [ada.id, state, part],
                ),
            ),
        ),
      fc.constant(() =>
        app.sql(`update scrobble set artist = artist || '!' where user_id = $1 and title = 'Title 2'`, [ada.id]),
      ),
      fc.constant(() => app.sql(`delete from scrobble where user_id = $1 and title = 'Title 3'`, [ada.id])),
      fc.constant(() => app.doJobs()),
      fc.constant(() => ask('summary')),
    );
    const day = fc
      .integer({ min: 0, max: 400 })
      .map((n) => new Date(Date.UTC(2025, 1, 20) + n * 86_400_000).toISOString().slice(0, 10));

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), day, day, async (steps, one, other) => {
        for (const take of steps) {
          await take();
        }
        const asked = one < other ? { from: one, to: other } : { from: other, to: one };
        await expectTruth(ada, timeZone, asked);
        await expectTruth(ada, timeZone);
      }),
      { numRuns: 12 },
    );
  });

  it('has a duplicate on its own day, also where nothing else was heard since', async () => {
    await write('2025-06-01T12:00Z', [0, 10]);
    await write('2025-07-01T12:00Z', [0], 'duplicate');

    await expectTruth(ada, 'UTC', { from: '2025-05-01', to: '2025-06-15' });
    await expectTruth(ada, 'UTC', { from: '2025-05-01', to: '2025-07-15' });
  });

  it('follows a scrobble from its beginning to its correction', async () => {
    app.lastfm.faults.next({ kind: 'ignore', code: 1, index: 1 }, { method: 'track.scrobble' });
    const ids = await post(['One', 'Two', 'Three']);
    expect(await ask('summary')).toMatchObject({
      plays: 3,
      deliveries: [{ outcome: 'waiting', count: 3 }],
      deliverySuccess: null,
    });

    await app.deliver();
    expect(await ask('summary')).toMatchObject({
      deliveries: [
        { outcome: 'accepted', count: 2 },
        { outcome: 'ignored', count: 1 },
      ],
      deliverySuccess: 2 / 3,
    });

    await app.as(ada).post(`/scrobbles/${ids[1]}/resend`, { artist: 'Someone', title: 'Else' });
    await app.deliver();
    await post(['Three']);
    expect(await ask('summary')).toMatchObject({ plays: 3, deliverySuccess: 1 });
    expect((await ask('top-tracks')).items).toContainEqual({ artist: 'Someone', title: 'Else', plays: 1 });
    await expectTruth(ada);
  });

  it('follows an import and its undoing, and the merge of two users', async () => {
    const form = new FormData();
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${1_700_000_000 + i * 50_000},The Examples,Title ${i % 7},Lives`,
    );
    form.append('file', new Blob([`time,artist,track,album\n${rows.join('\n')}\n`]), 'history.csv');
    const { body } = await app.as(ada).upload('/scrobbles/import', form);
    await app.doJobs();
    await post(['One', 'Two']);
    expect(await ask('summary')).toMatchObject({ plays: 42, firstDay: '2023-11-14' });

    const bob = await app.create.linkedUser();
    await app.as(bob).post('/scrobbles', [track('Two'), track('Three')]);
    await expectTruth(bob);
    const kept = { username: ada.lastfmUsername, waiting: 'send' as const };
    expect((await (await ProposedMerge.of(app, ada, bob)).confirm(ada.browser, kept)).status).toBe(204);
    await expectTruth(ada);

    await app.as(ada).delete(`/scrobbles/imports/${body.importId as string}`);
    await app.doJobs();
    expect((await ask('summary')).firstDay).toBe('2026-01-15');
    await expectTruth(ada);
  });

  it('loses nothing that is written while it is read', async () => {
    const written = Array.from({ length: 12 }, (_, i) => post([`Title ${i}`]));
    await Promise.all([...written, ...Array.from({ length: 12 }, () => ask('summary')), app.doJobs(), app.deliver()]);

    expect((await ask('summary')).plays).toBe(12);
    await expectTruth(ada);
  });

  it('tells the last 30 days one by one, streaks up to today, and pages of the top', async () => {
    await write('2026-01-13T23:30Z', [0, 10, 20, 60]);
    await write('2026-01-15T01:00Z', [3, 6]);
    await write('2025-12-01T10:00Z', [0]);

    const perDay = await ask('per-day');
    expect(perDay).toMatchObject({ timeZone: 'UTC', from: '2025-12-17', to: '2026-01-15' });
    expect(perDay.items).toHaveLength(30);
    expect(perDay.items.slice(-3).map(({ plays }: { plays: number }) => plays)).toEqual([3, 1, 2]);
    expect(await ask('streaks')).toMatchObject({
      current: { from: '2026-01-13', to: '2026-01-15', days: 3 },
      longest: { days: 3 },
    });
    expect((await ask('clock')).items).toHaveLength(168);
    expect(await ask('top-artists?limit=1&offset=1')).toMatchObject({ items: [{ plays: 1 }], total: 3 });
    expect(await ask('top-artists?limit=1&offset=7')).toMatchObject({ items: [], total: 3 });
    expect((await ask('per-day?from=2026-01-14T00:30:00%2B02:00&to=2026-01-14')).from).toBe('2026-01-13');
  });

  it('answers who has heard nothing, tells nobody about anyone else, and refuses what is no date', async () => {
    await post(['One']);
    const bob = await app.create.user();
    expect(await ask('summary', bob)).toMatchObject({ plays: 0, firstDay: null, sources: [], artists: 0 });
    expect(await ask('streaks', bob)).toMatchObject({ current: null, longest: null });
    expect((await app.as(bob).get('/analytics/summary?from=yesterday')).status).toBe(422);
    expect((await app.as(bob).get('/analytics/per-day?from=0001-01-01')).status).toBe(422);
    expect((await app.browser().get('/analytics/summary')).status).toBe(401);
  });
});
