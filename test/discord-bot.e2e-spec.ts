import { DataSource } from 'typeorm';

import { DiscordSandbox } from '../sandbox/discord/index.js';
import { Handshake } from './support/handshake.js';
import { TestApp } from './support/test-app.js';

const CLIENT = { clientId: '424242424242424242', clientSecret: 'a-discord-secret', redirectUris: [] };
const TOKEN = 'the-token-of-the-bot-in-tests';
const BOT_KEY = 'bot-key-of-the-tests-0123456789abcdef';
const GATEWAY = '/api/v10/gateway/bot';

type Guild = ReturnType<DiscordSandbox['addGuild']>;
type Person = ReturnType<DiscordSandbox['person']>;

describe('the bot on Discord', () => {
  let app: TestApp;
  let discord: DiscordSandbox;
  let guild: Guild;
  let people = 0;

  const startApp = (env: NodeJS.ProcessEnv = {}) =>
    TestApp.start({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl, BOT_API_KEY: BOT_KEY, ...env });

  beforeAll(async () => {
    discord = await DiscordSandbox.start({
      ...CLIENT,
      botToken: TOKEN,
      now: () => new Date('2026-01-15T12:00:00Z'),
    });
    guild = discord.addGuild('The Club');
    // Discord is away while the application starts, and comes back.
    const comesBack = discord.faults.always({ kind: 'answer', status: 503, body: '{}' }, GATEWAY);
    app = await startApp();
    comesBack();
  });

  afterEach(async () => {
    expect(discord.desk.refusals).toEqual([]);
    await app.reset();
    discord.reset();
  });

  afterAll(async () => {
    await app.stop();
    await discord.close();
  });

  const somebody = (): Person => discord.person(guild, `person${(people += 1)}`);
  const linked = async (username: string): Promise<Person> => {
    const person = somebody();
    const answer = await person.run('lastfm auth');
    await linkWith(answer.link('Link Last.fm'), username);
    await answer.says('Done');
    return person;
  };
  /** What the browser does that Discord opens: it is signed in to nothing. */
  const linkWith = async (url: string, username: string): Promise<void> => {
    const browser = app.browser();
    const handshake = Handshake.at(app, url);
    const page = await handshake.comeBack(browser, await handshake.allow(username));
    expect(page).toContain('/lastfm/confirm');
    expect((await browser.post('/lfm/auth/confirm', { state: handshake.state })).status).toBe(200);
  };

  it('links an account by a button that only the person sees, and says when it is done', async () => {
    const ada = somebody();

    const answer = await ada.run('lastfm auth');
    expect(answer.isEphemeral).toBe(true);
    await linkWith(answer.link('Link Last.fm'), 'ada');

    const done = await answer.says('Done: your Last.fm account **ada** is linked.');
    expect(done.isEphemeral).toBe(true);
    await answer.says('Your Last.fm account is linked.');
    expect(answer.links).toEqual([]);
    expect((await ada.run('lastfm status')).text).toMatch(/^Linked to \*\*ada\*\* since .*\nScrobbling is on\.$/);
  });

  it('does not say so when something else about the account changes', async () => {
    const ada = await linked('ada');
    app.clock.advance({ minutes: 1 });

    const answer = await ada.run('lastfm-auth');
    await ada.run('lastfm toggle');
    await linkWith(answer.link('Link Last.fm'), 'ada');

    await answer.says('Done');
    expect(answer.texts).toHaveLength(2);
  });

  it('switches off and on, shows what waits, and disconnects once the button is pressed; also by the hyphened names', async () => {
    const ada = await linked('ada');

    expect((await ada.run('lastfm-toggle')).text).toContain('Scrobbling is off');
    expect((await ada.run('lastfm toggle')).text).toContain('Scrobbling is on');
    const question = await ada.run('lastfm-disconnect');
    expect((await ada.run('lastfm-status')).text).toContain('Linked to **ada**');

    expect((await ada.press(question.message, 'Disconnect')).text).toContain('is disconnected');

    const refusal = await ada.run('lastfm status');
    expect(refusal.text).toBe('No Last.fm account is linked. Link yours first.');
    expect(refusal.isEphemeral).toBe(true);
    expect((await ada.run('lastfm disconnect')).text).toBe(refusal.text);
  });

  it('shows what became of the latest scrobbles', async () => {
    const ada = await linked('ada');
    expect((await ada.run('lastfm history')).text).toBe('Nothing has been scrobbled yet.');
    const played = { discordUserId: ada.id, artist: 'Air', track: 'La *Femme*', timestamp: 1_768_478_000 };
    await app.browser().with({ 'x-bot-key': BOT_KEY }).post('/lfm/scrobble?wait=0', [played]);
    expect((await ada.run('lastfm history')).text).toMatch(/Air – La \\\*Femme\\\*: waiting to be sent$/);
    await app.deliver();
    expect((await ada.run('lastfm history')).text).toContain(': scrobbled');
  });

  it('says that the access is refused, and what to do', async () => {
    const ada = await linked('ada');
    const played = { discordUserId: ada.id, artist: 'Air', track: 'La Femme' };
    app.lastfm.faults.next({ kind: 'error', code: 9 });
    await app.browser().with({ 'x-bot-key': BOT_KEY }).post('/lfm/now-playing?wait=10', [played]);

    expect((await ada.run('lastfm status')).text).toContain('no longer accepts our access to **ada**');
  });

  it('asks for patience when an answer takes longer', async () => {
    const ada = somebody();
    const blocker = app.get(DataSource).createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('lock table lastfm_handshake in access exclusive mode');

    const answering = ada.run('lastfm auth');
    await discord.until(() => (discord.desk.deferrals > 0 ? true : null), 'ask for patience');
    await blocker.commitTransaction();
    await blocker.release();

    expect((await answering).isEphemeral).toBe(true);
    expect((await answering).link('Link Last.fm')).toContain('api_key');
  });

  it('tells nothing of our insides when something breaks', async () => {
    const ada = somebody();

    await app.withoutDatabase(async () => {
      expect((await ada.run('lastfm status')).text).toBe(
        'Something went wrong on our side. It has been logged; please try again.',
      );
    });
  });

  it.each([
    {
      what: 'breaks',
      breakIt: (): void => {
        discord.gateway.drop();
      },
    },
    {
      what: 'is asked to be made anew',
      breakIt: (): void => {
        discord.gateway.askToReconnect();
      },
    },
  ])('misses nothing when the connection $what', async ({ breakIt }) => {
    const ada = somebody();
    await ada.run('lastfm auth');
    const before = discord.gateway.resumptions;

    breakIt();

    expect((await ada.run('lastfm status')).text).toContain('No Last.fm account is linked');
    await discord.until(() => (discord.gateway.resumptions > before ? true : null), 'resume');
  });

  it('registers the same commands at each start, and in development for one server alone', async () => {
    const before = discord.desk.listCommands(null);
    expect(before.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lastfm', 'lastfm-auth', 'lastfm-status', 'lastfm-toggle', 'lastfm-disconnect']),
    );
    const other = await startApp({ DISCORD_GUILD_ID: guild.id });
    try {
      const inGuild = await discord.until(
        () => (discord.desk.listCommands(guild.id).length > 0 ? discord.desk.listCommands(guild.id) : null),
        'register commands in the server',
      );
      expect(inGuild.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
      expect(discord.desk.listCommands(null)).toEqual(before);
    } finally {
      await other.stop();
      discord.desk.overwriteCommands(guild.id, []);
    }
  });

  it('stays off with a token that Discord refuses, while everything else serves', async () => {
    const other = await startApp({ DISCORD_TOKEN: 'a-token-that-was-revoked' });
    try {
      const refusal = await discord.until(() => discord.desk.refusals.splice(0).at(0) ?? null, 'sign in');
      expect(refusal).toContain('401');
      expect((await other.browser().get('/health/ready')).status).toBe(200);
    } finally {
      await other.stop();
    }
  });
});
