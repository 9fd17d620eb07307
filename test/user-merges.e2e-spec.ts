import { type LinkedTestUser, type TestUser, track } from './factories/factory.js';
import { everythingStored } from './support/everything-stored.js';
import { ProposedMerge } from './support/proposed-merge.js';
import { TestApp } from './support/test-app.js';

/**
 * What becomes of a row of the user who goes; `recounted`: it is worked out from others, so that it goes with its user. A new table that knows users belongs here, into a
 * `mergeInto` and an `eraseFor`.
 */
const FATE: Readonly<Record<string, 'moves' | 'ends' | 'recounted'>> = {
  'api_token.user_id': 'ends',
  'audit_entry.actor_id': 'moves',
  'audit_entry.user_id': 'moves',
  'bot_key.created_by_id': 'ends',
  'bot_log_entry.user_id': 'moves',
  'data_export.user_id': 'ends',
  'delivery.user_id': 'moves',
  'delivery_lane.user_id': 'ends',
  'identity.user_id': 'moves',
  'lastfm_account.user_id': 'ends',
  'lastfm_handshake.user_id': 'ends',
  'ledger_move.into_user_id': 'moves',
  'listening_change.user_id': 'recounted',
  'listening_count.user_id': 'recounted',
  'listening_statistics.user_id': 'recounted',
  'login_challenge.user_id': 'ends',
  'login_session.user_id': 'ends',
  'notification.user_id': 'moves',
  'password_reset.user_id': 'ends',
  'platform_account.user_id': 'ends',
  'playlist.owner_id': 'moves',
  'playlist_import.user_id': 'moves',
  'recovery_code.user_id': 'ends',
  'scrobble.user_id': 'moves',
  'scrobble_import.user_id': 'moves',
  'scrobble_resend.user_id': 'moves',
  'scrobble_run.user_id': 'moves',
  'second_factor.user_id': 'ends',
  'sign_in_attempt.user_id': 'ends',
  'spotify_listening.user_id': 'ends',
  'user_merge.into_user_id': 'ends',
  'voice_consent.user_id': 'moves',
  'voice_consent_change.user_id': 'moves',
};
/** They remember whom something came from, for a day; not a foreign key. */
const TRACES = ['ledger_move.from_user_id', 'user_merge.from_user_id'];

const RUN = { pace: { kind: 'interval', minutes: 1 }, order: 'sequential', repeat: true };

describe('/me/merges', () => {
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

  const at = (seconds: number) => new Date(app.clock.now().getTime() + seconds * 1000).toISOString();
  const scrobble = async (user: TestUser, title: string, playedAt = at(0)): Promise<string> => {
    const { body } = await user.browser.post('/scrobbles', { ...track(title), playedAt });
    return body.items[0].id as string;
  };
  const history = async (user: TestUser) => {
    const { body } = await user.browser.get('/scrobbles?limit=100');
    return body.items as Array<{ id: string; title: string; state: string; reason: string; duplicateOf: string }>;
  };
  const stateOf = async (user: TestUser, id: string) => (await history(user)).find((one) => one.id === id)?.state;
  const sentTo = (username: string) =>
    app.lastfm
      .scrobblesOf(username)
      .map(({ track: title }) => title)
      .sort();
  const startRun = async (user: TestUser, title = 'Loop'): Promise<string> => {
    const playlist = await app.create.playlist(user, [track(`${title} 1`), track(`${title} 2`)], title);
    const { body } = await user.browser.post('/scrobble-runs', { playlistId: playlist.id, ...RUN });
    return body.id as string;
  };
  const pair = async (): Promise<[LinkedTestUser, LinkedTestUser]> => [
    await app.create.linkedUser(),
    await app.create.linkedUser(),
  ];
  const unlinkedPair = async (): Promise<[TestUser, TestUser]> => [await app.create.user(), await app.create.user()];
  const keep = ({ lastfmUsername }: LinkedTestUser, waiting: 'send' | 'cancel' = 'send') => ({
    username: lastfmUsername,
    waiting,
  });
  const merge = async (into: TestUser, from: TestUser, lastfm?: ReturnType<typeof keep>) => {
    const { status, body } = await (await ProposedMerge.of(app, into, from)).confirm(into.browser, lastfm);
    expect([status, body]).toEqual([204, undefined]);
  };

  /** Someone who has left a trace in every table that knows users. */
  const busyUser = async (name: string): Promise<LinkedTestUser> => {
    const user = await app.create.linkedUser();
    await user.browser.get('/lfm/auth/start');
    await startRun(user, `Run of ${name}`);
    await app.tick();
    await user.browser.get('/analytics/summary');
    app.lastfm.faults.next({ kind: 'ignore', code: 1, index: 1 }, { method: 'track.scrobble' });
    const { body } = await user.browser.post('/scrobbles', [
      track(`${name} 1`),
      track(`${name} 2`),
      track(`${name} 2`),
    ]);
    await app.deliver();
    await user.browser.post(`/scrobbles/${body.items[1].id as string}/resend`);
    await app.sql(
      `insert into notification (id, user_id, kind, text, dedupe_key, created_at)
       values (gen_random_uuid(), $1, 'lastfm-rejected', 'Text', $2, now()),
              (gen_random_uuid(), $1, 'lastfm-rejected', 'Text', 'both', now())`,
      [user.id, name],
    );
    await app.sql(
      `insert into identity (id, user_id, kind, subject, name, created_at)
       values (gen_random_uuid(), $1, 'discord', $2, $2, now())`,
      [user.id, name],
    );
    await merge(user, await app.create.user());
    await app.sql(
      `insert into second_factor (user_id, secret, last_step, failed_attempts, created_at) values ($1, 'x', 0, 0, now())`,
      [user.id],
    );
    await app.sql(
      `insert into bot_key (id, name, key_hash, created_by_id, created_at) values (gen_random_uuid(), 'Bot', $2, $1, now())`,
      [user.id, name],
    );
    await app.sql(
      `insert into audit_entry (id, actor_id, action, details, occurred_at)
       values (gen_random_uuid(), $1, 'role.changed', '{}', now())`,
      [user.id],
    );
    await user.browser.post('/me/export');
    await user.browser.get('/auth/lastfm?intent=link');
    await app.sql(`insert into recovery_code (id, user_id, code_hash) values (gen_random_uuid(), $1, 'x')`, [user.id]);
    await app.sql(
      `insert into login_challenge (id, token_hash, user_id, method, fingerprint_hash, created_at, expires_at)
       values (gen_random_uuid(), $2, $1, 'password', 'x', now(), now())`,
      [user.id, name],
    );
    await app.sql(
      `insert into password_reset (id, user_id, token_hash, created_at, expires_at)
       values (gen_random_uuid(), $1, $2, now(), now())`,
      [user.id, name],
    );
    await app.sql(
      `insert into scrobble_import (id, user_id, file_name, state, starts_by_itself, send_recent, time_zone, needs_time_zone,
                                    rows_done, removed, created_at)
       values (gen_random_uuid(), $1, 'history.csv', 'ready', false, true, 'UTC', false, 0, 0, now())`,
      [user.id],
    );
    await app.sql(
      `insert into bot_log_entry (id, user_id, scrobble_id, attempt, artist, title, state, reason, created_at)
       values (gen_random_uuid(), $1, gen_random_uuid(), 1, 'A', 'T', 'failed', 'lastfm_unavailable', now())`,
      [user.id],
    );
    const guildId = String(BigInt(`0x${Buffer.from(name).toString('hex')}`));
    await user.browser.put('/voice/consents', { guildId, isAllowed: false });
    await app.sql(
      `insert into spotify_listening (user_id, enabled_at, due_at, heard, failures) values ($1, now(), now(), '[]', 0)`,
      [user.id],
    );
    await app.sql(
      `insert into platform_account (id, user_id, platform, external_id, name, state, scope, connected_at, consent_ends_at)
       values (gen_random_uuid(), $1, 'spotify', $2, $2, 'connected', '', now(), now())`,
      [user.id, name],
    );
    await app.sql(
      `insert into playlist_import (id, user_id, purpose, state, platform, source_id, url, title, track_total, tracks_read,
                                    failures, created_at)
       values (gen_random_uuid(), $1, 'import', 'completed', 'deezer', '1', 'https://www.deezer.com/playlist/1', 'One', 1, 1, 0,
               now())`,
      [user.id],
    );
    return user;
  };

  /** Every column that knows a user, by a foreign key or by its name. */
  const userColumns = async (): Promise<string[]> => {
    const rows = await app.sql<{ name: string }>(
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
         join pg_class t on t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
        where c.table_schema = 'public' and t.relkind in ('r', 'p') and not t.relispartition
          and ((c.column_name like '%user_id' and c.data_type = 'uuid') or exists (
            select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
             where k.contype = 'f' and k.confrelid = 'app_user'::regclass and k.conrelid = t.oid
               and a.attname = c.column_name))
        order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const countRows = async (user: TestUser): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const name of Object.keys(FATE)) {
      const [table, column] = name.split('.') as [string, string];
      const [row] = await app.sql<{ n: number }>(`select count(*)::int as n from ${table} where ${column} = $1`, [
        user.id,
      ]);
      counts[name] = row?.n ?? 0;
    }
    return counts;
  };

  it('leaves no row behind in any table that knows users, and loses none', async () => {
    const [into, from] = [await busyUser('A'), await busyUser('B')];
    const proposal = await ProposedMerge.of(app, into, from);
    expect(await userColumns()).toEqual([...Object.keys(FATE), ...TRACES].sort());
    const [before, coming] = [await countRows(into), await countRows(from)];
    expect(Object.entries(coming).filter(([, count]) => count === 0)).toEqual([]);

    expect((await proposal.confirm(into.browser, keep(into))).status).toBe(204);

    const after = await countRows(into);
    // One move of the ledger and one entry of the trail are of this merge itself; one password, and one piece of news both had.
    const own: Record<string, number> = {
      'audit_entry.user_id': 1,
      'ledger_move.into_user_id': 1,
      'identity.user_id': -1,
      'notification.user_id': -1,
    };
    for (const [name, fate] of Object.entries(FATE).filter(([, each]) => each !== 'recounted')) {
      const moved = fate === 'moves' ? coming[name]! + (own[name] ?? 0) : 0;
      expect([name, after[name]]).toEqual([name, before[name]! + moved]);
    }
    const rows = (await everythingStored(app)).split('\n').filter((row) => row.includes(from.id));
    expect(rows).toHaveLength(TRACES.length);
  });

  it('says beforehand who goes, what moves, and which Last.fm accounts there are', async () => {
    const [into, from] = await pair();
    await app.create.playlist(from, [track('One')], 'Evening');
    await scrobble(from, 'One');
    const proposal = await ProposedMerge.of(app, into, from);

    const { status, body } = await proposal.look(into.browser);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      proven: { kind: 'discord', name: 'ada#1' },
      into: { displayName: 'Ada', lastfm: { username: into.lastfmUsername, waiting: 0 } },
      from: { waysIn: [{ kind: 'password', name: from.email }], lastfm: { username: from.lastfmUsername, waiting: 1 } },
      expiresAt: at(15 * 60).replace(/\.\d+Z$/, '.000Z'),
    });
    expect(body.from.counts).toEqual(
      expect.arrayContaining([
        { what: 'playlists', count: 1 },
        { what: 'scrobbles', count: 1 },
      ]),
    );
  });

  it('keeps name, settings, role and login of the user who stays, and ends logins and tokens of the other one', async () => {
    const [into, from] = [
      await app.create.user({ displayName: 'Stays' }),
      await app.create.user({ displayName: 'Goes' }),
    ];
    await app.create.playlist(from, [track('One')], 'Evening');
    await from.browser.patch('/me', { timeZone: 'Asia/Tokyo', profilePublic: true });
    await merge(into, from);

    expect((await into.browser.get('/me')).body).toMatchObject({
      displayName: 'Stays',
      role: 'user',
      timeZone: 'UTC',
      profilePublic: false,
    });
    expect((await from.browser.get('/me')).status).toBe(401);
    expect((await app.as(from).get('/me')).status).toBe(401);
    const { body } = await into.browser.get('/playlists');
    expect(body.items).toMatchObject([{ title: 'Evening' }]);
    const { body: events } = await into.browser.get('/me/security-events');
    expect(events.items[0]).toMatchObject({ action: 'user.merged', details: { merged: 'Goes', name: 'ada#1' } });
    expect(events.items.filter(({ action }: { action: string }) => action === 'user.registered')).toHaveLength(2);
  });

  it('moves no rights, and is no way around a suspension: such a user is not merged away', async () => {
    const [into, from] = await unlinkedPair();
    const proposal = await ProposedMerge.of(app, into, from);
    await app.sql(`update app_user set role = 'moderator' where id = $1`, [from.id]);

    expect((await proposal.confirm(into.browser)).body).toMatchObject({ status: 409, code: 'user_merge_privileged' });
    await expect(ProposedMerge.of(app, into, from)).rejects.toMatchObject({ code: 'user_merge_privileged' });
    expect((await from.browser.get('/me')).status).toBe(200);

    await app.sql(`update app_user set role = 'user', suspended_at = now() where id = $1`, [from.id]);
    expect((await proposal.confirm(into.browser)).body).toMatchObject({ status: 409, code: 'user_merge_suspended' });
  });

  it('dates the ways in by the merge, so that they go with the login that was not the user’s', async () => {
    const [into, from] = await unlinkedPair();
    await app.sql(`update identity set kind = 'oidc' where user_id = $1`, [from.id]);
    app.clock.advance({ minutes: 1 });
    await merge(into, from);

    const { body } = await into.browser.get('/me/identities');
    const moved = body.items.find(({ kind }: { kind: string }) => kind === 'oidc');
    expect(moved).toMatchObject({ createdAt: app.clock.now().toISOString() });
  });

  describe('the Last.fm accounts', () => {
    it('asks which one stays, and takes no word for an account that is not there', async () => {
      const [into, from] = await pair();
      const proposal = await ProposedMerge.of(app, into, from);

      for (const lastfm of [undefined, { username: 'somebody', waiting: 'send' as const }]) {
        const { body } = await proposal.confirm(into.browser, lastfm);
        expect(body).toMatchObject({ status: 409, code: 'lastfm_account_choice_needed' });
      }
      expect((await from.browser.get('/lfm/me')).body).toMatchObject({ username: from.lastfmUsername });
    });

    it('moves the only one, and sends it what waited for any', async () => {
      const [into, from] = [await app.create.user(), await app.create.linkedUser()];
      await scrobble(into, 'Waited');
      await merge(into, from);
      await scrobble(into, 'After');
      await app.deliver();

      expect(sentTo(from.lastfmUsername)).toEqual(['After', 'Waited']);
      expect((await into.browser.get('/lfm/me')).body).toMatchObject({ username: from.lastfmUsername, held: 0 });
    });

    it.each(['into', 'from'] as const)('sends what waits for the other one to the chosen one: of %s', async (side) => {
      const [into, from] = await pair();
      const [stays, goes] = side === 'into' ? [into, from] : [from, into];
      await scrobble(into, 'Of into');
      await scrobble(from, 'Of from', at(-400));
      await merge(into, from, keep(stays));
      await app.deliver();

      expect(sentTo(stays.lastfmUsername)).toEqual(['Of from', 'Of into']);
      expect(sentTo(goes.lastfmUsername)).toEqual([]);
      expect((await into.browser.get('/lfm/me')).body).toMatchObject({ username: stays.lastfmUsername });
      expect((await into.browser.get('/scrobbles/budget')).body.used).toBe(2);
    });

    it('cancels what waits for the other one where the person wants that', async () => {
      const [into, from] = await pair();
      const [kept, cancelled] = [await scrobble(into, 'Kept'), await scrobble(from, 'Cancelled', at(-400))];
      await merge(into, from, keep(into, 'cancel'));
      await app.deliver();

      expect([await stateOf(into, kept), await stateOf(into, cancelled)]).toEqual(['accepted', 'cancelled']);
      expect(sentTo(into.lastfmUsername)).toEqual(['Kept']);
    });
  });

  describe('the ledger', () => {
    it('holds one scrobble and one duplicate of what both have, and Last.fm gets it once', async () => {
      const [into, from] = await pair();
      const [one, other] = [await scrobble(into, 'Same'), await scrobble(from, 'Same', at(-20))];
      await scrobble(from, 'Same', at(-300));
      await merge(into, from, keep(into));
      await app.deliver();

      expect((await history(into)).find(({ id }) => id === other)).toMatchObject({
        state: 'duplicate',
        reason: 'same_play',
        duplicateOf: one,
      });
      expect(sentTo(into.lastfmUsername)).toEqual(['Same', 'Same']);
      expect((await history(into)).filter(({ state }) => state === 'accepted')).toHaveLength(2);
    });

    it('sends nothing that the account that stays has already', async () => {
      const [into, from] = [await app.create.linkedUser(), await app.create.user()];
      await scrobble(into, 'Same');
      await app.deliver();
      await scrobble(from, 'Same', at(-20));
      await merge(into, from);
      await app.deliver();

      expect(sentTo(into.lastfmUsername)).toEqual(['Same']);
    });

    it('holds the seconds that runs of both have used', async () => {
      const [into, from] = await pair();
      await Promise.all([startRun(into, 'Mine'), startRun(from, 'Theirs')]);
      await app.tick();
      await merge(into, from, keep(into));

      const played = await app.sql(`select 1 from scrobble where source = 'run' and user_id = $1`, [into.id]);
      expect(played).toHaveLength(2);
    });
  });

  it.each(['into', 'from'] as const)('lets the run go on whose account stays: of %s', async (side) => {
    const [into, from] = await pair();
    const runs = { into: await startRun(into, 'Mine'), from: await startRun(from, 'Theirs') };
    await app.tick();
    await merge(into, from, keep(side === 'into' ? into : from));

    const stateOfRun = async (id: string) => (await into.browser.get(`/scrobble-runs/${id}`)).body.state as string;
    expect(await stateOfRun(runs[side])).toBe('running');
    expect(await stateOfRun(runs[side === 'into' ? 'from' : 'into'])).toBe('stopped');
    app.clock.advance({ minutes: 1 });
    await app.tick();
    expect((await history(into)).filter(({ state }) => state !== 'duplicate')).toHaveLength(3);
  });

  describe('while a call is under way', () => {
    /** Merges when Last.fm has taken the call of this account and has not answered yet. */
    const mergeDuring = (username: string, work: () => Promise<unknown>) => {
      app.lastfm.faults.next({ kind: 'hook', run: work }, { method: 'track.scrobble', username });
    };

    it('writes the answer where the scrobbles are now, and the lane goes on', async () => {
      const [into, from] = [await app.create.user(), await app.create.linkedUser()];
      const id = await scrobble(from, 'On its way');
      mergeDuring(from.lastfmUsername, () => merge(into, from));
      await app.deliver();
      expect(await stateOf(into, id)).toBe('accepted');

      await scrobble(into, 'Next', at(-400));
      await app.deliver();
      expect(sentTo(from.lastfmUsername)).toEqual(['Next', 'On its way']);
    });

    it.each(['into', 'from'] as const)(
      'never sends to the account that stays what the one of %s took',
      async (side) => {
        const [into, from] = await pair();
        const [goes, stays] = side === 'into' ? [into, from] : [from, into];
        const id = await scrobble(goes, 'On its way');
        mergeDuring(goes.lastfmUsername, () => merge(into, from, keep(stays)));
        await app.deliver();

        expect(await stateOf(into, id)).toBe('accepted');
        expect([sentTo(goes.lastfmUsername), sentTo(stays.lastfmUsername)]).toEqual([['On its way'], []]);
      },
    );

    it('looks up what nobody answered, after it moved, and sends it no second time', async () => {
      const [into, from] = [await app.create.user(), await app.create.linkedUser()];
      const id = await scrobble(from, 'Uncertain');
      app.lastfm.faults.next({ kind: 'cut-after-accepting' }, { method: 'track.scrobble' });
      await app.deliver();
      await merge(into, from);
      expect(await stateOf(into, id)).toBe('sending');

      app.clock.advance({ minutes: 3 });
      await app.deliver();

      expect(await stateOf(into, id)).toBe('accepted');
      expect(sentTo(from.lastfmUsername)).toEqual(['Uncertain']);
    });

    it('sends what was looked up and not found by a look-up that was under way', async () => {
      const [into, from] = [await app.create.user(), await app.create.linkedUser()];
      const id = await scrobble(from, 'Lost');
      app.lastfm.faults.next({ kind: 'cut' }, { method: 'track.scrobble' });
      await app.deliver();
      app.clock.advance({ minutes: 3 });
      app.lastfm.faults.next({ kind: 'hook', run: () => merge(into, from) }, { method: 'user.getrecenttracks' });
      await app.deliver();

      expect(await stateOf(into, id)).toBe('accepted');
      expect(sentTo(from.lastfmUsername)).toEqual(['Lost']);
    });

    it('marks the account that moved as rejected when the answer says so', async () => {
      const [into, from] = [await app.create.user(), await app.create.linkedUser()];
      const id = await scrobble(from, 'Refused');
      app.lastfm.faults.next({ kind: 'error', code: 9 }, { method: 'track.scrobble' });
      await app.deliver();
      await merge(into, from);

      expect((await into.browser.get('/lfm/me')).body).toMatchObject({ state: 'rejected', held: 1 });
      await app.create.link(into, from.lastfmUsername);
      await app.deliver();
      expect(await stateOf(into, id)).toBe('accepted');
    });
  });

  describe('the word it needs', () => {
    it('is given once, however often it is pressed', async () => {
      const [into, from] = await unlinkedPair();
      await scrobble(from, 'One');
      const proposal = await ProposedMerge.of(app, into, from);
      const answers = await Promise.all([1, 2, 3].map(() => proposal.confirm(into.browser)));

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
      into.browser.setCookie('merge_confirmation', proposal.confirmation);
      expect((await proposal.look(into.browser)).body).toMatchObject({ code: 'user_merge_done' });
      expect(await history(into)).toHaveLength(1);
    });

    it('counts only from the browser in which both were proven, and only from its user', async () => {
      const [into, from] = await unlinkedPair();
      const proposal = await ProposedMerge.of(app, into, from, app.browser());
      for (const answer of [await proposal.look(into.browser), await proposal.confirm(into.browser)]) {
        expect(answer.body).toMatchObject({ status: 403, code: 'user_merge_foreign' });
      }
      from.browser.setCookie('merge_confirmation', proposal.confirmation);
      for (const answer of [
        await proposal.look(from.browser),
        await proposal.confirm(from.browser),
        await proposal.cancel(from.browser),
      ]) {
        expect(answer.body).toMatchObject({ status: 404, code: 'user_merge_not_found' });
      }
      expect((await app.as(into).get(`/me/merges/${proposal.id}`)).body).toMatchObject({ code: 'login_required' });
    });

    it('comes too late after 15 minutes, and not at all after "keep apart"', async () => {
      const [into, from] = await unlinkedPair();
      const late = await ProposedMerge.of(app, into, from);
      app.clock.advance({ minutes: 15 });
      expect((await late.confirm(into.browser)).body).toMatchObject({ status: 409, code: 'user_merge_expired' });

      const apart = await ProposedMerge.of(app, into, from);
      expect((await apart.cancel(into.browser)).status).toBe(204);
      expect((await apart.confirm(into.browser)).body).toMatchObject({ status: 404, code: 'user_merge_not_found' });
      expect((await from.browser.get('/me')).status).toBe(200);
    });

    it('is not mixed up with a deletion at the same moment', async () => {
      const [into, from] = await pair();
      const proposal = await ProposedMerge.of(app, into, from);
      const answers = await Promise.all([
        proposal.confirm(into.browser, keep(into)),
        from.browser.delete('/me'),
        from.browser.post('/scrobbles', track('At that moment')),
      ]);

      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      expect((await from.browser.get('/me')).status).toBe(401);
    });
  });

  it('changes nothing when it breaks off in the middle', async () => {
    const [into, from] = await pair();
    await scrobble(from, 'One');
    await app.create.playlist(from);
    const proposal = await ProposedMerge.of(app, into, from);
    const before = await Promise.all([countRows(into), countRows(from)]);
    await app.sql(`create function break_off() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`);
    await app.sql('create trigger break_off before delete on app_user for each row execute function break_off()');
    try {
      expect((await proposal.confirm(into.browser, keep(from))).status).toBe(500);
    } finally {
      await app.sql('drop function break_off cascade');
    }

    expect(await Promise.all([countRows(into), countRows(from)])).toEqual(before);
    expect((await proposal.confirm(into.browser, keep(from))).status).toBe(204);
    await app.deliver();
    expect(sentTo(from.lastfmUsername)).toEqual(['One']);
  });

  it('does not lead around the second factor of the other account', async () => {
    const [into, from] = await unlinkedPair();
    const proposal = await ProposedMerge.of(app, into, from);
    await app.sql(
      `insert into second_factor (user_id, secret, confirmed_at, last_step, failed_attempts, created_at)
       values ($1, 'x', now(), 0, 0, now())`,
      [from.id],
    );

    const { status, body } = await proposal.confirm(into.browser);

    expect([status, body.code]).toEqual([409, 'user_merge_second_factor']);
    expect((await from.browser.get('/me')).status).toBe(200);
  });
});
