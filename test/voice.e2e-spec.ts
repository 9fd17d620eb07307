import { BotLog, GuildSettingsService, OWN_PLAYER, Playbacks, Rooms } from '../src/modules/voice/index.js';
import type { LinkedTestUser, TestUser } from './factories/factory.js';
import { TestApp } from './support/test-app.js';
import type { TestClient } from './support/test-client.js';

const KEY = 'bot-key-of-the-tests-0123456789abcdef';
const GUILD = '613425648685547541';
const CHANNEL = '613425648685547545';

interface Listener extends TestUser {
  discordUserId: string;
  lastfmUsername: string;
}

describe('/voice', () => {
  let app: TestApp;
  let bot: TestClient;
  let people = 80351110224678000n;
  let events = 0;
  let open: string[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ BOT_API_KEY: KEY });
    bot = app.browser().with({ 'x-bot-key': KEY });
  });

  afterEach(async () => {
    open = [];
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
  });

  const somebody = (): string => String((people += 1n));
  const withDiscord = async <User extends TestUser>(user: User): Promise<User & { discordUserId: string }> => {
    const discordUserId = somebody();
    await app.sql(
      `insert into identity (id, user_id, kind, subject, name, created_at)
       values (gen_random_uuid(), $1, 'discord', $2, $2, now())`,
      [user.id, discordUserId],
    );
    return { ...user, discordUserId };
  };
  const listener = async (lastfmUsername?: string): Promise<Listener> =>
    withDiscord<LinkedTestUser>(await app.create.linkedUser({ lastfmUsername }));
  const eventId = (): string => `event-${(events += 1)}`;
  const now = (): string => app.clock.now().toISOString();
  const here = (listeners: Array<Pick<Listener, 'discordUserId'>>) =>
    listeners.map(({ discordUserId }) => ({ discordUserId }));
  const trackFor = (listeners: Array<Pick<Listener, 'discordUserId'>>, more: object = {}) => ({
    eventId: eventId(),
    guildId: GUILD,
    channelId: CHANNEL,
    artist: 'Air',
    title: 'La Femme',
    durationSeconds: 240,
    startedAt: now(),
    listeners: here(listeners),
    ...more,
  });
  const start = async (listeners: Array<Pick<Listener, 'discordUserId'>>, more: object = {}): Promise<string> => {
    const { body } = await bot.post('/voice/playbacks', trackFor(listeners, more));
    open.push(body.id);
    return body.id as string;
  };
  const tell = (id: string, kind: string, more: object = {}) =>
    bot.post(`/voice/playbacks/${id}/events`, { events: [{ eventId: eventId(), kind, at: now(), ...more }] });
  /** Time passes, and the player is there all the while. */
  const pass = async (seconds: number): Promise<void> => {
    app.clock.advance({ seconds });
    await bot.post('/voice/playbacks/alive', { playbackIds: open });
    await app.decide();
  };
  const reasons = async (id: string): Promise<Record<string, string>> => {
    const { body } = await bot.get(`/voice/playbacks/${id}`);
    const decisions = body.decisions as Array<{ discordUserId: string; reason: string }>;
    return Object.fromEntries(decisions.map(({ discordUserId, reason }) => [discordUserId, reason]));
  };
  const reasonFor = async ({ discordUserId }: Pick<Listener, 'discordUserId'>, id: string) =>
    (await reasons(id))[discordUserId];
  const sentTo = async ({ lastfmUsername }: Listener): Promise<string[]> => {
    await app.deliver();
    return app.lastfm.scrobblesOf(lastfmUsername).map(({ track }) => track);
  };

  it('scrobbles at the threshold, with the second of the start, and says who did not choose the music', async () => {
    const [ada, grace] = [await listener('ada'), await listener('grace')];
    const startedAt = app.clock.now();

    const id = await start([ada, grace], { requestedBy: ada.discordUserId });
    await pass(29);
    expect(await reasons(id)).toEqual({ [ada.discordUserId]: 'listening', [grace.discordUserId]: 'listening' });
    expect(app.lastfm.nowPlayingOf('ada')).toMatchObject({ artist: 'Air', track: 'La Femme' });
    await pass(1);

    expect(await reasons(id)).toEqual({ [ada.discordUserId]: 'scrobbled', [grace.discordUserId]: 'scrobbled' });
    const [scrobble] = (await app.as(ada).get('/scrobbles')).body.items;
    expect(scrobble).toMatchObject({
      ...{ title: 'La Femme', source: 'voice', provenance: 'heard', playedAt: startedAt.toISOString() },
    });
    expect(await sentTo(grace)).toEqual(['La Femme']);
    const chosen = await app.sql('select chosen_by_user as chosen from scrobble where user_id = $1', [ada.id]);
    const notChosen = await app.sql('select chosen_by_user as chosen from scrobble where user_id = $1', [grace.id]);
    expect([chosen, notChosen]).toEqual([[{ chosen: true }], [{ chosen: false }]]);
  });

  it('leaves out who leaves, returns, is deafened, comes late, moves away or cannot be known', async () => {
    const [leaves, returns, deafened, late, moved, stays] = await Promise.all(
      Array.from({ length: 6 }, () => listener()),
    );
    const strangerId = somebody();
    const all = [leaves!, returns!, deafened!, moved!, stays!];
    const id = await start([...all, { discordUserId: strangerId }]);
    await pass(10);
    await tell(id, 'left', { discordUserId: leaves!.discordUserId });
    await tell(id, 'left', { discordUserId: returns!.discordUserId });
    await tell(id, 'deafened', { discordUserId: deafened!.discordUserId });
    await tell(id, 'joined', { discordUserId: late!.discordUserId });
    await pass(1);
    await tell(id, 'joined', { discordUserId: returns!.discordUserId });
    await tell(id, 'undeafened', { discordUserId: deafened!.discordUserId });
    const staying = [returns!, deafened!, late!, stays!];
    await tell(id, 'moved', { channelId: somebody(), listeners: [...here(staying), { discordUserId: strangerId }] });
    await pass(20);

    expect(await reasons(id)).toEqual({
      [leaves!.discordUserId]: 'left_before_threshold',
      [returns!.discordUserId]: 'returned',
      [deafened!.discordUserId]: 'deafened',
      [late!.discordUserId]: 'joined_late',
      [moved!.discordUserId]: 'left_before_threshold',
      [stays!.discordUserId]: 'scrobbled',
      [strangerId]: 'not_linked',
    });
    expect(await sentTo(returns!)).toEqual([]);
    expect(await sentTo(stays!)).toEqual(['La Femme']);
  });

  it('counts neither pauses nor what comes after a disconnection', async () => {
    const ada = await listener();
    const paused = await start([ada]);
    await pass(20);
    await tell(paused, 'paused');
    await pass(300);
    await tell(paused, 'resumed');
    await pass(9);
    expect(await reasonFor(ada, paused)).toBe('listening');
    await tell(paused, 'ended', { because: 'bot_disconnected' });
    await pass(30);

    expect(await reasonFor(ada, paused)).toBe('bot_disconnected');
    expect(await sentTo(ada)).toEqual([]);
  });

  it('takes half of a track of 20 seconds, and by the policy of Last.fm none of it', async () => {
    const ada = await listener();
    const strict = '613425648685547999';
    await app.get(GuildSettingsService).change(strict, { thresholdPolicy: 'lastfm' }, somebody());
    const quick = await start([ada], { title: 'Short', durationSeconds: 20 });
    const short = await start([ada], { title: 'Too short', durationSeconds: 20, guildId: strict });
    await pass(10);

    expect([await reasonFor(ada, quick), await reasonFor(ada, short)]).toEqual(['scrobbled', 'track_too_short']);
    expect(await sentTo(ada)).toEqual(['Short']);
    const long = await start([ada], { title: 'Long', durationSeconds: 600, guildId: strict });
    await pass(239);
    expect(await reasonFor(ada, long)).toBe('listening');
    await pass(1);
    expect(await reasonFor(ada, long)).toBe('scrobbled');
  });

  it('leaves out who links while the song plays, has scrobbling off, or does not allow it here', async () => {
    const [linking, off, server, channel, tonight, thisTrack] = [
      await withDiscord(await app.create.user()),
      await listener(),
      await listener(),
      await listener(),
      await listener(),
      await listener(),
    ];
    await off.browser.put('/lfm/me/toggle', { scrobblingEnabled: false });
    await server.browser.put('/voice/consents', { guildId: GUILD, isAllowed: false });
    await channel.browser.put('/voice/consents', { guildId: GUILD, isAllowed: true });
    await channel.browser.put('/voice/consents', { guildId: GUILD, channelId: CHANNEL, isAllowed: false });
    const { body: night } = await tonight.browser.put('/voice/consents/tonight');
    expect(night).toEqual({ pausedUntil: '2026-01-16T06:00:00.000Z' });

    const id = await start([linking, off, server, channel, tonight, thisTrack]);
    await pass(5);
    await app.create.link(linking, 'newcomer');
    expect((await thisTrack.browser.post(`/voice/decisions/${id}/decline`)).status).toBe(204);
    await pass(25);

    expect(await reasons(id)).toEqual({
      [linking.discordUserId]: 'linked_during',
      [off.discordUserId]: 'disabled',
      [server.discordUserId]: 'not_allowed_here',
      [channel.discordUserId]: 'not_allowed_here',
      [tonight.discordUserId]: 'not_tonight',
      [thisTrack.discordUserId]: 'not_this_track',
    });
    expect((await app.sql('select from scrobble')).length).toBe(0);
    expect((await thisTrack.browser.post(`/voice/decisions/${id}/decline`)).body.code).toBe('already_decided');
    expect((await app.as(await app.create.user()).post(`/voice/decisions/${id}/decline`)).status).toBe(404);
  });

  it('asks again at the threshold who is still linked and still wants it', async () => {
    const [gone, changed] = [await listener(), await listener()];
    const id = await start([gone, changed]);
    await gone.browser.delete('/lfm/me');
    await changed.browser.put('/voice/consents', { guildId: GUILD, isAllowed: false });
    await pass(30);

    expect(await reasons(id)).toEqual({
      [gone.discordUserId]: 'not_linked',
      [changed.discordUserId]: 'not_allowed_here',
    });
  });

  it('holds the scrobble of a rejected key, and fails only that of whom Last.fm does not answer', async () => {
    const [rejected, down, fine] = [await listener('rejected'), await listener('down'), await listener('fine')];
    const id = await start([rejected, down, fine]);
    await pass(30);
    app.lastfm.faults.next({ kind: 'error', code: 9 }, { method: 'track.scrobble', username: 'rejected' });
    app.lastfm.faults.next({ kind: 'drop' }, { method: 'track.scrobble', username: 'down' });
    await app.deliver();
    // It may have landed, so it is looked up before it is given up.
    for (let looks = 0; looks < 2; looks += 1) {
      app.clock.advance({ minutes: 1 });
      await app.deliver();
    }

    const states = await Promise.all(
      [rejected, down, fine].map(async (user) => {
        const [decision] = (await user.browser.get('/voice/decisions')).body.items;
        return [decision.reason, decision.scrobble.state, decision.scrobble.reason];
      }),
    );
    expect(await reasons(id)).toMatchObject({ [fine.discordUserId]: 'scrobbled' });
    expect(states).toEqual([
      ['scrobbled', 'held', 'key_rejected'],
      ['scrobbled', 'failed', 'not_in_recent_tracks'],
      ['scrobbled', 'accepted', null],
    ]);
  });

  it('keeps two servers apart', async () => {
    const [ada, grace, nowhere] = [await listener(), await listener(), await listener()];
    const one = await start([ada], { title: 'One' });
    const two = await start([grace], { title: 'Two', guildId: '613425648685547000' });
    await pass(30);

    expect([await reasons(one), await reasons(two)]).toEqual([
      { [ada.discordUserId]: 'scrobbled' },
      { [grace.discordUserId]: 'scrobbled' },
    ]);
    expect([await sentTo(ada), await sentTo(grace), await sentTo(nowhere)]).toEqual([['One'], ['Two'], []]);
    expect((await nowhere.browser.get('/voice/decisions')).body).toEqual({ items: [], total: 0 });
  });

  it('takes facts twice and in any order for what they are', async () => {
    const [ada, grace] = [await listener(), await listener()];
    const told = trackFor([ada, grace]);
    const [once, again] = await Promise.all([bot.post('/voice/playbacks', told), bot.post('/voice/playbacks', told)]);
    expect([once.status, again.status, once.body.id]).toEqual([201, 201, again.body.id]);
    const id = once.body.id as string;
    const at = (seconds: number): string => new Date(app.clock.now().getTime() + seconds * 1000).toISOString();
    const back = { eventId: 'back', kind: 'joined', at: at(12), discordUserId: ada.discordUserId };
    const away = { eventId: 'away', kind: 'left', at: at(11), discordUserId: ada.discordUserId };
    app.clock.advance({ seconds: 31 });
    await bot.post(`/voice/playbacks/${id}/events`, { events: [back, away, back] });
    await bot.post(`/voice/playbacks/${id}/events`, { events: [away] });
    await app.decide();

    expect(await reasons(id)).toEqual({ [ada.discordUserId]: 'returned', [grace.discordUserId]: 'listening' });
    const kept = await app.sql('select event_id from playback_event where playback_id = $1', [id]);
    expect(kept).toHaveLength(3);
    await Promise.all([tell(id, 'ended'), app.decide(), app.decide()]);
    await app.decide();
    expect(await reasons(id)).toMatchObject({ [grace.discordUserId]: 'scrobbled' });
    await tell(id, 'left', { discordUserId: grace.discordUserId });
    expect(await reasons(id)).toMatchObject({ [grace.discordUserId]: 'scrobbled' });
    expect(await sentTo(grace)).toEqual(['La Femme']);
  });

  it('goes on after a restart in the middle of a song: the gap counts for nobody, and costs nobody anything', async () => {
    const [stays, leaves, comes] = [await listener(), await listener(), await listener()];
    const playbacks = app.get(Playbacks);
    const { id } = await playbacks.start(OWN_PLAYER, {
      ...{ eventId: eventId(), guildId: GUILD, guildName: 'Home', channelId: CHANNEL, channelName: 'Music' },
      ...{ artist: 'Air', title: 'La Femme', album: null, durationSeconds: 240, requestedBy: null },
      at: app.clock.now(),
      listeners: [stays, leaves].map(({ discordUserId }) => ({ discordUserId, isDeafened: false })),
    });
    app.clock.advance({ seconds: 20 });
    await playbacks.keepAlive(OWN_PLAYER, [id]);
    app.clock.advance({ seconds: 15 });
    await app.decide();
    expect((await stays.browser.get('/voice/decisions')).body.items).toMatchObject([{ reason: 'listening' }]);

    const [found] = await playbacks.findOpen(OWN_PLAYER);
    const listeners = [stays, comes].map(({ discordUserId }) => ({ discordUserId, isDeafened: false }));
    const at = app.clock.now();
    await playbacks.note(OWN_PLAYER, found!.id, [{ eventId: 'r', kind: 'returned', at, since: null, listeners }]);
    app.clock.advance({ seconds: 9 });
    await playbacks.keepAlive(OWN_PLAYER, [id]);
    await app.decide();
    expect((await stays.browser.get('/voice/decisions')).body.items).toMatchObject([{ reason: 'listening' }]);
    app.clock.advance({ seconds: 1 });
    await playbacks.keepAlive(OWN_PLAYER, [id]);
    await app.decide();

    const [one] = (await stays.browser.get('/voice/decisions')).body.items;
    expect(one).toMatchObject({ reason: 'scrobbled', guildName: 'Home', channelName: 'Music' });
    for (const [who, reason] of [[leaves, 'left_before_threshold'] as const, [comes, 'joined_late'] as const]) {
      expect((await who.browser.get('/voice/decisions')).body.items).toMatchObject([{ reason }]);
    }
  });

  it('gives up on a player that went silent, and scrobbles nothing that nobody saw', async () => {
    const ada = await listener();
    const id = await start([ada], { durationSeconds: 60 });
    app.clock.advance({ minutes: 10 });
    await app.decide();
    expect(await reasonFor(ada, id)).toBe('listening');
    app.clock.advance({ minutes: 2 });
    await app.decide();

    expect((await bot.get(`/voice/playbacks/${id}`)).body).toMatchObject({ endReason: 'player_silent' });
    expect(await reasonFor(ada, id)).toBe('player_silent');
  });

  it('ends what a player forgot to end, and remembers who heard how much', async () => {
    const ada = await listener();
    const before = await start([ada], { title: 'Before' });
    await pass(40);
    await start([ada], { title: 'After' });

    expect((await bot.get(`/voice/playbacks/${before}`)).body).toMatchObject({ endReason: 'replaced' });
    const presences = await app.sql<{ heard: number }>('select heard_seconds as heard from presence');
    expect(presences).toEqual([{ heard: 40 }]);
    expect((await bot.get('/voice/playbacks')).body).toMatchObject({ total: 1, items: [{ title: 'After' }] });
  });

  it('lets a player tell of its own playbacks only, and of no other time', async () => {
    const ada = await listener();
    const id = await start([ada]);
    await app.sql('update playback set player_id = gen_random_uuid() where id = $1', [id]);
    expect((await tell(id, 'paused')).body).toMatchObject({ status: 404, code: 'playback_not_found' });
    expect((await bot.get(`/voice/playbacks/${id}`)).status).toBe(404);
    expect((await bot.get('/voice/playbacks')).body.total).toBe(0);
    expect((await app.browser().post('/voice/playbacks', trackFor([ada]))).status).toBe(401);
    expect((await ada.browser.post('/voice/playbacks', trackFor([ada]))).status).toBe(401);

    const mine = await start([ada]);
    const wrong = [
      await bot.post('/voice/playbacks', trackFor([ada], { startedAt: '2026-01-15T10:59:59Z' })),
      await bot.post('/voice/playbacks', trackFor([ada], { startedAt: '2026-01-15T12:01:01Z' })),
      await tell(mine, 'paused', { at: '2026-01-15T11:59:59Z' }),
      await tell(mine, 'paused', { at: '2026-01-15T12:01:01Z' }),
      await tell(mine, 'left', { discordUserId: '007' }),
      await tell(mine, 'exploded'),
    ];
    expect(wrong.map(({ body }) => body.code)).toEqual([
      'playback_too_old',
      'event_out_of_time',
      'event_out_of_time',
      'event_out_of_time',
      'invalid_input',
      'invalid_input',
    ]);
  });

  it('announces nothing of a track that is over, and forgets a user who leaves us', async () => {
    const [ada, grace] = [await listener('ada'), await listener('grace')];
    app.clock.advance({ seconds: 60 });
    const id = await start([ada, grace], { startedAt: new Date(app.clock.now().getTime() - 31_000).toISOString() });
    await app.decide();
    expect(app.lastfm.nowPlayingOf('ada')).toBeNull();
    await tell(id, 'ended');
    await app.decide();
    expect(await reasonFor(ada, id)).toBe('scrobbled');

    expect((await ada.browser.request('DELETE', '/me', { password: ada.password })).status).toBe(204);
    expect(Object.keys(await reasons(id))).toEqual([grace.discordUserId]);
    const traces = await app.sql<{ all: string }>(`select string_agg(listeners::text, '') as all from playback_event`);
    expect(traces[0]?.all).not.toContain(ada.discordUserId);
  });

  it('tells what played in a room by counts, to those who were there', async () => {
    const [ada, grace, stranger] = [await listener(), await listener(), await listener()];
    const first = await start([ada, grace], { guildName: 'Home', channelName: 'music' });
    await pass(100);
    await tell(first, 'left', { discordUserId: grace.discordUserId });
    await start([ada], { title: 'Second', channelName: 'music' });
    await pass(50);
    await start([grace], { title: 'Without Ada', channelId: somebody() });
    await pass(50);
    await tell(open.at(-1)!, 'ended');

    expect((await ada.browser.get('/voice/rooms')).body).toMatchObject({
      total: 1,
      items: [{ guildId: GUILD, guildName: 'Home', channels: [{ channelId: CHANNEL, channelName: 'music' }] }],
    });
    const { body, text } = await ada.browser.get(`/voice/rooms/${GUILD}/recap`);
    expect(body).toMatchObject({
      ...{ total: 2, listeners: 2 },
      items: [
        { title: 'La Femme', plays: 1, listeners: 2, heardSeconds: 200 },
        { title: 'Second', plays: 1, listeners: 1, heardSeconds: 50 },
      ],
    });
    expect(text).not.toContain(grace.discordUserId);
    const since = '2026-01-15T12:01:40Z';
    expect((await ada.browser.get(`/voice/rooms/${GUILD}/recap?since=${since}`)).body.total).toBe(1);
    const { tracks } = await app.get(Rooms).recap({ guildId: GUILD, channelId: null, since: new Date(0) });
    expect(tracks.map(({ title }) => title)).toEqual(['La Femme', 'Second', 'Without Ada']);
    expect((await stranger.browser.get(`/voice/rooms/${GUILD}/recap`)).body).toMatchObject({ code: 'room_not_found' });
  });

  it('logs each failure once, for whoever runs the bot, and hands it out once where it is to be posted', async () => {
    const [ada, grace] = [await listener('ada'), await listener('grace')];
    await app.get(GuildSettingsService).change(GUILD, { logChannelId: CHANNEL }, somebody());
    await start([ada, grace]);
    await pass(30);
    app.lastfm.faults.next({ kind: 'ignore', code: 1 }, { method: 'track.scrobble', username: 'ada' });
    await app.deliver();
    await app.doJobs();

    const log = app.get(BotLog);
    expect(await log.list(50, 0, GUILD)).toMatchObject({
      total: 1,
      items: [{ userId: ada.id, guildId: GUILD, title: 'La Femme', state: 'ignored', reason: 'artist_filtered' }],
    });
    expect(await log.takeForPosting(10)).toMatchObject([{ logChannelId: CHANNEL, entry: { title: 'La Femme' } }]);
    expect(await log.takeForPosting(10)).toEqual([]);
  });

  it('logs what was allowed and forbidden', async () => {
    const ada = await listener();
    await ada.browser.put('/voice/consents', { guildId: GUILD, isAllowed: false });
    await ada.browser.put('/voice/consents/tonight');
    expect((await ada.browser.get('/voice/consents')).body).toMatchObject({
      items: [{ guildId: GUILD, channelId: null, isAllowed: false }],
      pausedUntil: '2026-01-16T06:00:00.000Z',
    });
    await ada.browser.delete('/voice/consents/tonight');
    await ada.browser.put('/voice/consents', { guildId: GUILD, isAllowed: null });

    expect((await ada.browser.get('/voice/consents')).body).toEqual({ items: [], pausedUntil: null });
    expect((await ada.browser.get('/voice/consents/log')).body.items).toMatchObject([
      { guildId: GUILD, isAllowed: null },
      { guildId: null, isAllowed: null },
      { guildId: null, isAllowed: false, until: '2026-01-16T06:00:00.000Z' },
      { guildId: GUILD, isAllowed: false },
    ]);
  });
});
