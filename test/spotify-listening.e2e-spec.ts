import { SpotifyListener } from '../src/modules/scrobbling/spotify-listening/spotify-listener.service.js';
import type { LinkedTestUser } from './factories/factory.js';
import { PlatformHosts } from './support/platform-hosts.js';
import { TestApp } from './support/test-app.js';

const LISTENING = '/platforms/spotify/listening';
const HOVER = { slug: 'lo-fi-beats', place: 0 };
const LUCY = { slug: 'lo-fi-beats', place: 1 };

describe('/platforms/spotify/listening', () => {
  let app: TestApp;
  let hosts: PlatformHosts;
  let user: LinkedTestUser;
  let tests = 0;

  beforeAll(async () => {
    hosts = await PlatformHosts.start(() => app.clock.now());
    app = await TestApp.start(hosts.environment);
  });

  beforeEach(async () => {
    // Each on a day of its own: a pause that Spotify asked for is over.
    tests += 1;
    app.clock.advance({ days: tests });
    user = await app.create.linkedUser();
    await hosts.connect(app, user);
    await user.browser.put(LISTENING, { enabled: true });
  });

  afterEach(async () => {
    await app.reset();
    hosts.reset();
  });

  afterAll(async () => {
    await app.stop();
    await hosts.stop();
  });

  const listening = async () => (await user.browser.get(LISTENING)).body;
  const look = (on: TestApp = app) => on.get(SpotifyListener).tick();
  const ago = (seconds: number) => new Date(app.clock.now().getTime() - seconds * 1000);
  const scrobbles = async () => (await user.browser.get('/scrobbles')).body.items;
  const announcements = () => app.lastfm.calls.filter(({ method }) => method === 'track.updatenowplaying');

  it('is off until somebody who has connected Spotify switches it on', async () => {
    const other = await app.create.user();
    expect((await other.browser.get(LISTENING)).body).toMatchObject({ enabled: false, since: null });
    expect((await other.browser.put(LISTENING, { enabled: true })).body.code).toBe('spotify_not_connected');

    expect(await listening()).toMatchObject({ enabled: true, since: app.clock.now().toISOString(), problem: null });
    hosts.spotify.played('ada', HOVER, ago(-10));
    expect((await user.browser.put(LISTENING, { enabled: false })).body).toMatchObject({ enabled: false });
    app.clock.advance({ minutes: 5 });
    await look();
    expect(await scrobbles()).toEqual([]);
  });

  it('scrobbles each play once, from its beginning, and nothing from before', async () => {
    hosts.spotify.played('ada', LUCY, ago(5));
    app.clock.advance({ minutes: 3 });
    hosts.spotify.played('ada', HOVER, ago(10));
    await look();
    app.clock.advance({ minutes: 3 });
    hosts.spotify.played('ada', LUCY, ago(7));
    const replica = await app.startReplica();
    try {
      await Promise.all([look(), look(replica)]);
      app.clock.advance({ minutes: 3 });
      await Promise.all([look(), look(replica)]);
    } finally {
      await replica.nest.close();
    }

    expect(await scrobbles()).toMatchObject([
      { title: 'Lucy', artist: 'Otis Neon', source: 'ingest', provenance: 'heard', durationSeconds: 130 },
      { title: 'Hover', artist: 'invention_', album: 'Hover', durationSeconds: 144 },
    ]);
    const [lucy] = await scrobbles();
    expect(lucy.playedAt).toBe(ago(180 + 7 + 130).toISOString());
    await app.deliver();
    expect(app.lastfm.scrobblesOf(user.lastfmUsername)).toHaveLength(2);
  });

  it('announces what plays now, once, and looks again sooner while something plays', async () => {
    hosts.spotify.playsNow('ada', { ...HOVER, startedAt: ago(4), isPlaying: true });
    await look();
    expect(app.lastfm.nowPlayingOf(user.lastfmUsername)).toMatchObject({ track: 'Hover' });
    expect((await listening()).nextLookAt).toBe(ago(-30).toISOString());

    app.clock.advance({ seconds: 30 });
    await look();
    expect(announcements()).toHaveLength(1);
    hosts.spotify.playsNow('ada', { ...LUCY, startedAt: ago(1), isPlaying: true });
    app.clock.advance({ seconds: 30 });
    await look();
    expect(announcements()).toHaveLength(2);
    hosts.spotify.playsNow('ada', { ...HOVER, startedAt: ago(1), isPlaying: false });
    app.clock.advance({ seconds: 30 });
    await look();
    expect(announcements()).toHaveLength(2);
    expect((await listening()).nextLookAt).toBe(ago(-120).toISOString());
  });

  it('waits as long as Spotify says, says why, and loses nothing meanwhile', async () => {
    hosts.spotify.faults.next({ kind: 'answer', status: 429, body: '', headers: { 'retry-after': '600' } }, '/v1');
    await look();
    expect(await listening()).toMatchObject({
      ...{ enabled: true, nextLookAt: ago(-600).toISOString(), problem: { code: 'platform_busy' } },
    });
    app.clock.advance({ minutes: 5 });
    hosts.spotify.played('ada', HOVER, ago(10));
    const calls = hosts.spotify.calls.length;
    await look();
    expect(hosts.spotify.calls).toHaveLength(calls);

    app.clock.advance({ minutes: 5 });
    await look();
    expect(await scrobbles()).toMatchObject([{ title: 'Hover' }]);
    expect(await listening()).toMatchObject({ problem: null });
  });

  it('keeps the wish when Spotify ends the connection, and forgets it when its person does', async () => {
    hosts.spotify.revoke('ada');
    await look();
    expect(await listening()).toMatchObject({ enabled: true, problem: { code: 'spotify_expired' } });

    await hosts.connect(app, user);
    app.clock.advance({ minutes: 2 });
    hosts.spotify.played('ada', HOVER, ago(10));
    await look();
    expect(await scrobbles()).toMatchObject([{ title: 'Hover' }]);

    await user.browser.delete('/platforms/spotify');
    app.clock.advance({ minutes: 3 });
    await look();
    expect(await listening()).toMatchObject({ enabled: false });
  });
});
