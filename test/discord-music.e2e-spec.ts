import { DiscordSandbox } from '../sandbox/discord/index.js';
import { LavalinkSandbox } from '../sandbox/lavalink/index.js';
import { PlaybackDecider } from '../src/modules/voice/playbacks/playback-decider.service.js';
import { eventually } from './support/eventually.js';
import { Handshake } from './support/handshake.js';
import { TestApp } from './support/test-app.js';

const CLIENT = { clientId: '424242424242424242', clientSecret: 'a-discord-secret', redirectUris: [] };
const TOKEN = 'the-token-of-the-bot-in-tests';
const START = '2026-01-15T12:00:00Z';
const FEMME = 'La Femme d’Argent';
const KELLY = 'Kelly Watch the Stars';

type Guild = ReturnType<DiscordSandbox['addGuild']>;
type Person = ReturnType<DiscordSandbox['person']>;

describe('music in voice channels', () => {
  let app: TestApp | undefined;
  let discord: DiscordSandbox;
  let lavalink: LavalinkSandbox;
  let guild: Guild;
  let servers = 0;
  let people = 0;

  const now = () => app?.clock.now() ?? new Date(START);
  const server = () => app!;

  beforeAll(async () => {
    discord = await DiscordSandbox.start({ ...CLIENT, botToken: TOKEN, now });
    lavalink = await LavalinkSandbox.start({ password: 'youshallnotpass', now });
    const started = await TestApp.start({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.apiUrl,
      LAVALINK_NODES: lavalink.node,
    });
    app = started;
    await lavalink.until(() => (lavalink.isUsed ? true : null), 'be there');
  });

  beforeEach(() => {
    guild = discord.addGuild(`Club ${(servers += 1)}`);
  });

  afterEach(async () => {
    discord.person(guild, 'owner').throwsTheBotOut();
    await eventually(
      () => server().sql('select from music_queue'),
      (rows) => rows.length === 0,
    );
    await discord.until(
      () => (messages().some(({ buttons }) => buttons.length > 0) ? null : true),
      'take its message down',
    );
    const refusals = [...discord.desk.refusals, ...lavalink.refusals];
    await server().reset();
    discord.reset();
    lavalink.reset();
    expect(refusals).toEqual([]);
  });

  afterAll(async () => {
    await app?.stop();
    await lavalink.close();
    await discord.close();
  });

  const messages = () => discord.desk.board.in(guild.requireChannel('text').id);
  const somebody = (): Person => discord.person(guild, `person${(people += 1)}`);
  const listener = (): Person => {
    const person = somebody();
    person.joinsVoice('Music');
    return person;
  };
  const linked = async (username: string): Promise<Person> => {
    const person = listener();
    const answer = await person.run('lastfm auth');
    const browser = server().browser();
    const handshake = Handshake.at(server(), answer.link('Link Last.fm'));
    await handshake.comeBack(browser, await handshake.allow(username));
    await browser.post('/lfm/auth/confirm', { state: handshake.state });
    await answer.says('Done');
    return person;
  };
  const plays = (title: string | null) =>
    lavalink.until(
      () => ((lavalink.in(guild.id)?.heard?.title ?? null) === title ? true : null),
      `play ${title ?? 'nothing'}`,
    );
  /** Time passes, and the node says how far it is. */
  const pass = (seconds: number) => {
    server().clock.advance({ seconds });
    lavalink.tick();
  };
  const board = (text = 'Now playing') =>
    discord.until(
      () => messages().findLast((each) => each.buttons.length > 0 && each.text.startsWith(text)) ?? null,
      `show "${text}"`,
    );

  it('plays what is asked for, one after the other, and shows it with buttons', async () => {
    const ada = listener();

    const first = await ada.run('play', { query: 'air femme' });
    expect(first.text).toBe(`Playing **Air – ${FEMME}** (7:07).`);
    expect(first.isEphemeral).toBe(false);
    await plays(FEMME);
    expect((await board()).buttons.map(({ label }) => label)).toEqual(['Pause', 'Skip', 'Don’t scrobble this for me']);
    expect((await ada.run('play', { query: 'kelly' })).text).toContain('at place 1 of the queue');
    expect((await ada.run('queue')).text).toBe(`Now: **Air – ${FEMME}** (7:07)\n1. **Air – ${KELLY}** (3:45)`);

    pass(428);
    await plays(KELLY);
    await eventually(
      () => ada.run('nowplaying'),
      ({ text }) => text.includes(`Now playing: **Air – ${KELLY}** (3:45)`) && text.endsWith('1 listener'),
    );
    pass(226);
    await eventually(
      () => ada.run('nowplaying'),
      ({ text }) => text === 'Nothing plays.',
    );
    expect((await ada.run('skip')).text).toBe('Nothing plays here. Use /play to start something.');
  });

  it('is paused, resumed, sought in and made louder, by commands and by buttons', async () => {
    const ada = listener();
    await ada.run('play', { query: 'air femme' });
    await plays(FEMME);
    const heard = () => lavalink.in(guild.id)?.heard;

    await ada.run('pause');
    pass(60);
    expect(heard()).toMatchObject({ isPaused: true, positionSeconds: 0 });
    await ada.press(await board('Paused'), 'Resume');
    await board('Now playing');
    pass(10);
    expect(heard()).toMatchObject({ isPaused: false, positionSeconds: 10 });
    expect((await ada.run('seek', { to: '1:30' })).text).toBe('Playing from 1:30.');
    await ada.run('volume', { percent: 50 });
    expect(heard()).toMatchObject({ positionSeconds: 90, volume: 50 });
    const refusal = await ada.run('seek', { to: '9:00' });
    expect([refusal.text, refusal.isEphemeral]).toEqual(['Say a place within the track, such as 1:30.', true]);
  });

  it('is skipped by whoever asked for it, and by a majority of those who hear it', async () => {
    const [ada, bob, cleo] = [listener(), listener(), listener()];
    cleo.deafens();
    listener().leavesVoice();
    for (const query of ['air femme', 'kelly', 'words']) {
      await ada.run('play', { query });
    }

    expect((await ada.run('skip')).text).toContain(`Playing **Air – ${KELLY}**`);
    await plays(KELLY);
    cleo.deafens(false);
    expect((await bob.run('skip')).text).toBe(`1 more vote to skip **Air – ${KELLY}** (3:45).`);
    expect((await bob.run('skip')).text).toContain('1 more vote');
    const shown = await discord.until(
      () => messages().findLast(({ text, buttons }) => buttons.length > 0 && text.includes(KELLY)) ?? null,
      'show what plays',
    );
    expect((await cleo.press(shown, 'Skip')).text).toContain('Playing **Low – Words**');
    await plays('Words');
    expect((await bob.press(shown, 'Skip')).text).toContain('That track is over.');
  });

  it('lets a queue be moved, mixed, repeated and cut by those it belongs to', async () => {
    const [ada, bob] = [listener(), listener()];
    for (const query of ['air femme', 'kelly', 'words', 'jóga']) {
      await ada.run('play', { query });
    }

    expect((await bob.run('move', { from: 1, to: 3 })).text).toContain('to place 3');
    expect((await bob.run('remove', { place: 1 })).text).toContain('only a DJ or a manager');
    expect((await ada.run('remove', { place: 1 })).text).toBe('Removed **Low – Words** (5:42).');
    expect((await ada.run('remove', { place: 9 })).text).toBe('The queue has places 1 to 2. See /queue.');
    expect((await bob.run('loop', { what: 'track' })).text).toBe('The track is played again and again.');
    await bob.run('shuffle');
    pass(428);
    await lavalink.until(() => ((lavalink.in(guild.id)?.heard?.positionSeconds ?? 1) < 1 ? true : null), 'play again');
    await plays(FEMME);
    expect((await bob.run('stop')).text).toContain('only a DJ or a manager');
    const boss = discord.person(guild, `boss${people}`, { isManager: true });
    boss.joinsVoice('Music');
    expect((await boss.run('stop')).text).toBe('The music is over, and the queue is empty.');
    await plays(null);
    expect((await ada.run('queue')).text).toBe('Nothing plays here. Use /play to start something.');
  });

  it('is refused with a sentence', async () => {
    const [ada, outsider] = [listener(), somebody()];

    expect((await outsider.run('play', { query: 'kelly' })).text).toBe('Join a voice channel first, then try again.');
    expect((await ada.run('play', { query: 'no such song' })).text).toContain('Nothing was found.');
    expect((await ada.run('play')).text).toContain('Say what to play');
    await ada.run('play', { query: 'https://music.sandbox.invalid/list/evening' });
    outsider.joinsVoice('Lounge');
    const refusal = await outsider.run('pause');
    expect([refusal.text, refusal.isEphemeral]).toEqual(['Join the voice channel in which the music plays.', true]);
  });

  it('plays a playlist of one’s own, found while it is typed', async () => {
    const ada = await linked('ada');
    const [{ user_id: userId } = { user_id: '' }] = await server().sql<{ user_id: string }>(
      'select user_id from identity where subject = $1',
      [ada.id],
    );
    const owner = await server().create.user();
    await server().create.playlist(owner, [
      { artist: 'Nobody', title: 'Unheard' },
      { artist: 'Low', title: 'Words' },
    ]);
    await server().sql('update playlist set owner_id = $1', [userId]);

    const [choice] = await ada.type('play', { playlist: 'morn' }, 'playlist');
    expect(choice).toMatchObject({ name: 'Morning' });
    expect((await ada.run('play', { playlist: String(choice?.value) })).text).toBe('Playing 2 tracks.');

    await plays('Words');
    const bob = listener();
    expect((await bob.run('play', { playlist: String(choice?.value) })).text).toContain('No Last.fm account');
  });

  describe('the people who listen', () => {
    const decide = () => server().get(PlaybackDecider).tick();
    /** What everyone has been told, once it is told: the gateway and the node speak in their own time. */
    const reasons = (isSo: (reasons: Record<string, string>) => boolean) =>
      eventually(async () => {
        await decide();
        const rows = await server().sql<{ discord_user_id: string; reason: string }>(
          'select discord_user_id, reason from voice_decision',
        );
        return Object.fromEntries(rows.map((row) => [row.discord_user_id, row.reason]));
      }, isSo);
    const playing = async (by: Person) => {
      await by.run('play', { query: 'air femme' });
      await plays(FEMME);
      await eventually(
        () => server().sql('select from playback where ended_at is null'),
        (rows) => rows.length === 1,
      );
    };

    it('get a scrobble when they hear enough, and a reason when they do not', async () => {
      const [ada, bob, cleo, dave] = [await linked('ada'), await linked('bob'), await linked('cleo'), listener()];
      await playing(ada);
      pass(10);
      bob.leavesVoice();
      cleo.deafens();
      await reasons((all) => all[cleo.id] === 'deafened' && all[bob.id] !== 'listening');
      bob.joinsVoice('Music');
      await reasons((all) => all[bob.id] === 'returned');

      pass(25);
      const all = await reasons((so) => so[ada.id] === 'scrobbled');

      expect(all).toMatchObject({ [dave.id]: 'not_linked' });
      await server().deliver();
      expect(server().lastfm.scrobblesOf('ada')).toMatchObject([
        { artist: 'Air', track: FEMME, timestamp: Date.parse(START) / 1000 },
      ]);
      expect([...server().lastfm.scrobblesOf('bob'), ...server().lastfm.scrobblesOf('cleo')]).toEqual([]);
      expect((await bob.run('lastfm why')).text).toContain('You left the channel and came back.');
      expect((await ada.run('lastfm why')).text).toMatch(/: Scrobbled\.$/);
    });

    it('may choose not to scrobble this track', async () => {
      const [ada, bob] = [await linked('ada'), await linked('bob')];
      await playing(ada);

      const answer = await bob.press(await board(), 'Don’t scrobble this for me');
      expect([answer.text, answer.isEphemeral]).toEqual(['This track is not scrobbled for you.', true]);
      pass(31);

      expect(await reasons((so) => so[ada.id] === 'scrobbled')).toMatchObject({ [bob.id]: 'not_this_track' });
    });

    it('get nothing when the bot is thrown out, and the queue is forgotten', async () => {
      const ada = await linked('ada');
      await playing(ada);
      pass(10);

      ada.throwsTheBotOut();

      await plays(null);
      expect(await reasons((so) => so[ada.id] !== 'listening')).toMatchObject({ [ada.id]: 'bot_disconnected' });
      expect(await server().sql('select from music_queue')).toEqual([]);
    });

    it('lose nothing when the connection to the node breaks, or the bot is restarted in mid-song', async () => {
      const ada = await linked('ada');
      await playing(ada);
      pass(20);
      await eventually(
        () => server().sql<{ position_ms: number }>('select position_ms from music_queue'),
        ([queue]) => queue?.position_ms === 20_000,
      );

      await server().restart();
      await eventually(
        () => server().sql(`select from playback_event where kind = 'returned'`),
        (rows) => rows.length === 1,
      );
      expect(lavalink.in(guild.id)?.heard).toMatchObject({ title: FEMME, positionSeconds: 20 });
      pass(5);
      pass(10);

      expect(await reasons((so) => so[ada.id] === 'scrobbled')).toEqual({ [ada.id]: 'scrobbled' });
    });
  });
});
