import { type LinkedTestUser, track } from './factories/factory.js';
import { TestApp } from './support/test-app.js';

describe('sending scrobbles again', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const arrived = (user: LinkedTestUser) => app.lastfm.scrobblesOf(user.lastfmUsername);
  const record = async (user: LinkedTestUser, ...tracks: object[]): Promise<string[]> => {
    const { body } = await app.as(user).post('/scrobbles', tracks);
    return body.items.map(({ id }: { id: string }) => id);
  };
  const ignored = async (user: LinkedTestUser, ...tracks: object[]) => {
    app.lastfm.faults.next({ kind: 'ignore', code: 1 }, { method: 'track.scrobble' });
    const ids = await record(user, ...tracks);
    await app.deliver();
    return ids;
  };
  /** As if Last.fm had refused them for good. */
  const failed = async (user: LinkedTestUser, ...tracks: object[]) => {
    const ids = await record(user, ...tracks);
    await app.sql(
      `update delivery set state = 'failed', reason = 'refused_by_lastfm', next_attempt_at = null
                    where scrobble_id = any($1::uuid[])`,
      [ids],
    );
    return ids;
  };
  const resend = (user: LinkedTestUser, id: string | undefined, correction?: object) =>
    app.as(user).post(`/scrobbles/${id ?? ''}/resend`, correction);

  describe('POST /scrobbles/:id/resend', () => {
    it('sends an ignored scrobble again with its names corrected, and keeps how it had ended', async () => {
      const user = await app.create.linkedUser();
      const [id] = await ignored(user, { artist: 'Artic Monkys', title: 'Arabella', album: 'AN' });

      const { status, body } = await resend(user, id, { artist: 'Arctic Monkeys', album: null });
      expect(status).toBe(200);
      expect(body).toMatchObject({ artist: 'Arctic Monkeys', album: null, state: 'queued', verdict: null });

      await app.deliver();
      expect(arrived(user)).toMatchObject([{ artist: 'Arctic Monkeys', track: 'Arabella' }]);
      expect((await app.as(user).get(`/scrobbles/${id ?? ''}`)).body).toMatchObject({
        state: 'accepted',
        attempts: 2,
        resends: [
          {
            resentAt: '2026-01-15T12:00:00.000Z',
            previousState: 'ignored',
            previousReason: 'artist_filtered',
            verdictCode: 1,
            namesBefore: { artist: 'Artic Monkys', title: 'Arabella', album: 'AN' },
          },
        ],
      });
    });

    it('sends a failed one again as it is when nothing is corrected', async () => {
      const user = await app.create.linkedUser();
      const [id] = await failed(user, track('One'));
      await resend(user, id);
      await app.deliver();

      expect(arrived(user)).toMatchObject([{ track: 'One' }]);
      expect((await app.as(user).get(`/scrobbles/${id ?? ''}`)).body.resends).toMatchObject([{ namesBefore: null }]);
    });

    it('sends it once, however often it is clicked at the same time', async () => {
      const user = await app.create.linkedUser();
      const [id] = await failed(user, track('One'));
      const answers = await Promise.all([1, 2, 3].map(() => resend(user, id)));
      await app.deliver();

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(arrived(user)).toHaveLength(1);
    });

    it('holds it while the account is not linked', async () => {
      const user = await app.create.linkedUser();
      const [id] = await failed(user, track('One'));
      await app.as(user).delete('/lfm/me');

      expect((await resend(user, id)).body).toMatchObject({ state: 'held', reason: 'not_linked' });
    });

    it('refuses one that is on its way or has arrived', async () => {
      const user = await app.create.linkedUser();
      const [id] = await record(user, track('One'));
      expect((await resend(user, id)).body).toMatchObject({ status: 409, code: 'scrobble_not_resendable' });
      await app.deliver();
      expect((await resend(user, id)).body).toMatchObject({ status: 409, code: 'scrobble_not_resendable' });
    });

    it('refuses one that is older than 14 days', async () => {
      const user = await app.create.linkedUser();
      const [id] = await failed(user, track('One'));
      app.clock.advance({ days: 14 });

      expect((await resend(user, id)).body).toMatchObject({ status: 409, code: 'scrobble_too_old' });
    });

    it('refuses a correction that makes it the same play as another scrobble, and changes nothing', async () => {
      const user = await app.create.linkedUser();
      const playedAt = '2026-01-15T11:00:00Z';
      const [id] = await ignored(user, { artist: 'Artic Monkys', title: 'Arabella', playedAt });
      await record(user, { artist: 'Arctic Monkeys', title: 'Arabella', playedAt: '2026-01-15T11:00:10Z' });
      await app.deliver();

      const { body } = await resend(user, id, { artist: 'arctic monkeys' });
      expect(body).toMatchObject({ status: 409, code: 'same_play_scrobbled' });
      expect((await app.as(user).get(`/scrobbles/${id ?? ''}`)).body).toMatchObject({
        artist: 'Artic Monkys',
        state: 'ignored',
        resends: [],
      });
    });

    it('is found as the same play under its corrected name from then on', async () => {
      const user = await app.create.linkedUser();
      const [id] = await ignored(user, { artist: 'Artic Monkys', title: 'Arabella' });
      await resend(user, id, { artist: 'Arctic Monkeys' });

      const { body } = await app.as(user).post('/scrobbles', { artist: 'Arctic Monkeys', title: 'Arabella' });
      expect(body.items[0]).toMatchObject({ state: 'duplicate', duplicateOf: id });
    });

    it("does not know another user's scrobble", async () => {
      const [owner, other] = [await app.create.linkedUser(), await app.create.linkedUser()];
      const [id] = await failed(owner, track('One'));
      expect((await resend(other, id)).body).toMatchObject({ status: 404, code: 'scrobble_not_found' });
    });

    it.each([{ artist: '' }, { title: null }, { durationSeconds: 0 }, { playedAt: '2026-01-15T11:00:00Z' }, []])(
      'refuses %j',
      async (correction) => {
        const user = await app.create.linkedUser();
        const [id] = await failed(user, track('One'));
        const { status } = await resend(user, id, correction);

        expect(status).toBe(422);
        expect((await app.as(user).get(`/scrobbles/${id ?? ''}`)).body.state).toBe('failed');
      },
    );
  });

  describe('POST /scrobbles/retry', () => {
    const retry = (user: LinkedTestUser, body?: object) => app.as(user).post('/scrobbles/retry', body);

    it('sends everything again that failed, and leaves what was ignored', async () => {
      const user = await app.create.linkedUser();
      await failed(user, track('One'), track('Two'));
      await ignored(user, track('Filtered'));

      const { status, body } = await retry(user);
      expect({ status, body }).toEqual({ status: 200, body: { resent: 2, tooOld: 0, duplicates: 0 } });
      await app.deliver();
      expect(arrived(user).map((scrobble) => scrobble.track)).toEqual(['One', 'Two']);
    });

    it('takes what was ignored, a source or a time when asked', async () => {
      const user = await app.create.linkedUser();
      await failed(user, { ...track('Earlier'), playedAt: '2026-01-10T10:00:00Z' });
      await ignored(user, { ...track('Filtered'), playedAt: '2026-01-12T10:00:00Z' });

      const wanted = {
        states: ['failed', 'ignored'],
        startDate: '2026-01-11',
        endDate: '2026-01-12',
        source: 'manual',
      };
      expect((await retry(user, { ...wanted, source: 'voice' })).body).toMatchObject({ resent: 0 });
      expect((await retry(user, wanted)).body).toMatchObject({ resent: 1 });
      await app.deliver();
      expect(arrived(user).map((scrobble) => scrobble.track)).toEqual(['Filtered']);
    });

    it('leaves what is too old and what was scrobbled by another way meanwhile, and counts both', async () => {
      const user = await app.create.linkedUser();
      await failed(user, { ...track('Old'), playedAt: '2026-01-02T10:00:00Z' });
      await failed(user, { ...track('Twice'), playedAt: '2026-01-14T10:00:00Z' });
      await record(user, { ...track('Twice'), playedAt: '2026-01-14T10:00:05Z' });
      await failed(user, { ...track('Once'), playedAt: '2026-01-14T11:00:00Z' });
      app.clock.advance({ days: 2 });

      expect((await retry(user)).body).toEqual({ resent: 1, tooOld: 1, duplicates: 1 });
      await app.deliver();
      expect(arrived(user).map((scrobble) => scrobble.track)).toEqual(['Twice', 'Once']);
    });

    it('resends each once when two ask at the same time', async () => {
      const user = await app.create.linkedUser();
      await failed(user, ...Array.from({ length: 60 }, (_, i) => track(`Song ${i}`)));
      const answers = await Promise.all([retry(user), retry(user)]);
      await app.deliver();

      expect(answers.map(({ body }) => body.resent).sort((a, b) => a - b)).toEqual([0, 60]);
      expect(arrived(user)).toHaveLength(60);
    });

    it.each([{ states: [] }, { states: ['accepted'] }, { startDate: 'yesterday' }, { limit: 5 }])(
      'refuses %j',
      async (body) => {
        const user = await app.create.linkedUser();
        expect((await retry(user, body)).status).toBe(422);
      },
    );
  });
});
