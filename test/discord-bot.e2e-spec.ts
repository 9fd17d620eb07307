import { DiscordSandbox } from '../sandbox/discord/index.js';
import { TestApp } from './support/test-app.js';

const CLIENT = { clientId: '424242424242424242', clientSecret: 'a-discord-secret', redirectUris: [] };
const TOKEN = 'the-token-of-the-bot-in-tests';

type Guild = ReturnType<DiscordSandbox['addGuild']>;
type Person = ReturnType<DiscordSandbox['person']>;

describe('the bot on Discord', () => {
  let app: TestApp;
  let discord: DiscordSandbox;
  let guild: Guild;
  let people = 0;

  beforeAll(async () => {
    discord = await DiscordSandbox.start({ ...CLIENT, botToken: TOKEN, now: () => app.clock.now() });
    app = await TestApp.start({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.apiUrl }).catch(async (error: unknown) => {
      await discord.close();
      throw error;
    });
    guild = discord.addGuild('The Club');
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

  it('answers', async () => {
    const ada = somebody();
    const answer = await ada.run('lastfm auth');
    expect(answer.text).toContain('Press the button');
  });
});
