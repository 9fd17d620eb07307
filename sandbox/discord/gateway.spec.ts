import { once } from 'node:events';

import { WebSocket } from 'ws';

import { DiscordSandbox } from './index.js';

const TOKEN = 'the-token';
const GUILDS = 1;
const VOICE = 1 << 7;
const MESSAGE_CONTENT = 1 << 15;

interface Heard {
  op: number;
  t?: string;
  s?: number;
  d: Record<string, unknown>;
}

/** A connection as any library makes it. */
class Bot {
  readonly heard: Heard[] = [];
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (message: Buffer) => {
      this.heard.push(JSON.parse(message.toString()) as Heard);
      socket.emit('heard');
    });
  }

  static async connect(discord: DiscordSandbox): Promise<Bot> {
    const answer = await fetch(`${discord.apiUrl}/v10/gateway/bot`, { headers: { authorization: `Bot ${TOKEN}` } });
    const { url } = (await answer.json()) as { url: string };
    return new Bot(new WebSocket(url));
  }

  async hears(isIt: (heard: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const found = this.heard.find(isIt);
      if (found) {
        return found;
      }
      await once(this.socket, 'heard');
    }
  }

  async says(op: number, d: unknown): Promise<void> {
    await this.hears((heard) => heard.op === 10);
    this.socket.send(JSON.stringify({ op, d }));
  }

  async identify(intents = GUILDS | VOICE, token = TOKEN): Promise<void> {
    await this.says(2, { token, intents, properties: {} });
  }

  async closes(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}

describe('The gateway', () => {
  let discord: DiscordSandbox;

  beforeEach(async () => {
    discord = await DiscordSandbox.start({ clientId: '42', clientSecret: 's', redirectUris: [], botToken: TOKEN });
  });

  afterEach(async () => {
    await discord.close();
  });

  it.each([
    { why: 'another token', code: 4004, say: (bot: Bot) => bot.identify(GUILDS, 'stolen') },
    { why: 'privileged intents', code: 4014, say: (bot: Bot) => bot.identify(GUILDS | MESSAGE_CONTENT) },
    { why: 'intents that do not exist', code: 4013, say: (bot: Bot) => bot.identify(1 << 30) },
    { why: 'an event before the identification', code: 4003, say: (bot: Bot) => bot.says(4, {}) },
    { why: 'a shard that does not exist', code: 4010, say: (bot: Bot) => bot.says(2, { token: TOKEN, shard: [2, 2] }) },
  ])('ends the connection with $code for $why', async ({ code, say }) => {
    const bot = await Bot.connect(discord);

    const closing = bot.closes();
    await say(bot);

    expect(await closing).toBe(code);
  });

  it('tells who is where, and only to who asked for it', async () => {
    const guild = discord.addGuild('The Club');
    const ada = discord.person(guild, 'ada');
    ada.joinsVoice();
    const [bot, deaf] = [await Bot.connect(discord), await Bot.connect(discord)];
    await bot.identify();
    await deaf.identify(GUILDS);
    const { d: told } = await bot.hears(({ t }) => t === 'GUILD_CREATE');
    await deaf.hears(({ t }) => t === 'GUILD_CREATE');
    expect(told['voice_states']).toMatchObject([{ user_id: ada.id, self_deaf: false }]);

    ada.deafens();
    ada.leavesVoice();

    await bot.hears(({ t, d }) => t === 'VOICE_STATE_UPDATE' && d['self_deaf'] === true);
    await bot.hears(({ t, d }) => t === 'VOICE_STATE_UPDATE' && d['channel_id'] === null);
    expect(deaf.heard.map(({ t }) => t)).not.toContain('VOICE_STATE_UPDATE');
  });

  it('gives a bot that joins a voice channel a voice server, and none where there is no channel', async () => {
    const guild = discord.addGuild('The Club');
    const bot = await Bot.connect(discord);
    await bot.identify();

    await bot.says(4, { guild_id: guild.id, channel_id: '1', self_deaf: true, self_mute: false });
    const { id: channelId } = guild.requireChannel('voice');
    await bot.says(4, { guild_id: guild.id, channel_id: channelId, self_deaf: true, self_mute: false });

    await bot.hears(({ t, d }) => t === 'VOICE_SERVER_UPDATE' && d['guild_id'] === guild.id);
    const states = bot.heard.filter(({ t }) => t === 'VOICE_STATE_UPDATE');
    expect(states).toMatchObject([{ d: { user_id: '42', channel_id: channelId, self_deaf: true } }]);
  });

  it('tells what was missed to who resumes, and lets nobody resume what it has forgotten', async () => {
    const guild = discord.addGuild('The Club');
    const ada = discord.person(guild, 'ada');
    const bot = await Bot.connect(discord);
    await bot.identify();
    const { d: ready } = await bot.hears(({ t }) => t === 'READY');
    const { s: seen } = await bot.hears(({ t }) => t === 'GUILD_CREATE');
    const closing = bot.closes();
    discord.gateway.drop();
    await closing;
    ada.joinsVoice();
    const resume = { token: TOKEN, session_id: ready['session_id'], seq: seen };

    const again = await Bot.connect(discord);
    await again.says(6, resume);
    await again.hears(({ t }) => t === 'RESUMED');
    expect(again.heard.map(({ op, t }) => t ?? op)).toEqual([10, 'VOICE_STATE_UPDATE', 'RESUMED']);

    discord.gateway.forgetLogins();
    const late = await Bot.connect(discord);
    await late.says(6, resume);
    expect(await late.hears(({ op }) => op === 9)).toMatchObject({ d: false });
  });
});
