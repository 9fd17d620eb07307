import { Interaction, type InteractionKind } from './bot/interaction.js';
import { DiscordSandbox } from './index.js';

const TOKEN = 'the-token';
const APPLICATION = '4242';

describe('What Discord takes of a bot', () => {
  let discord: DiscordSandbox;
  let now: Date;

  beforeAll(async () => {
    discord = await DiscordSandbox.start({
      clientId: APPLICATION,
      clientSecret: 's',
      redirectUris: [],
      botToken: TOKEN,
      now: () => now,
    });
  });

  beforeEach(() => {
    now = new Date('2026-01-15T12:00:00Z');
    discord.reset();
  });

  afterAll(async () => {
    await discord.close();
  });

  const send = async (method: string, path: string, body: unknown, token = TOKEN) => {
    const response = await fetch(`${discord.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as { code?: number })) };
  };
  const begin = (kind: InteractionKind): Interaction => {
    const channel = discord.addGuild('The Club').requireChannel('text');
    const interaction = new Interaction(discord.desk.world, () => now, kind, channel.id, null);
    discord.desk.add(interaction);
    return interaction;
  };
  const callback = ({ id, token }: Interaction, body: unknown) =>
    send('POST', `/interactions/${id}/${token}/callback`, body);
  const saying = (data: unknown) => ({ type: 4, data });

  const command = { name: 'play', description: 'Play something' };
  const option = { type: 3, name: 'query', description: 'What to play' };

  it.each([
    { what: 'a name in capitals', list: [{ ...command, name: 'Play' }] },
    { what: 'a name with a blank', list: [{ ...command, name: 'play it' }] },
    { what: 'a long description', list: [{ ...command, description: 'x'.repeat(101) }] },
    { what: 'two of one name', list: [command, command] },
    {
      what: 'an optional option before a required one',
      list: [{ ...command, options: [option, { ...option, name: 'b', required: true }] }],
    },
    {
      what: 'subcommands beside options',
      list: [{ ...command, options: [option, { ...option, name: 'b', type: 1 }] }],
    },
    {
      what: 'choices that complete themselves',
      list: [{ ...command, options: [{ ...option, autocomplete: true, choices: [{ name: 'a', value: 'a' }] }] }],
    },
  ])('is no list of commands with $what', async ({ list }) => {
    expect(await send('PUT', `/applications/${APPLICATION}/commands`, list)).toMatchObject({
      status: 400,
      code: 50035,
    });
    expect(discord.desk.refusals).toHaveLength(1);
  });

  it('is a list of commands, whose ids stay when it comes again', async () => {
    const path = `/applications/${APPLICATION}/commands`;
    const first = await send('PUT', path, [command, { ...command, name: 'stop' }]);

    expect(await send('PUT', path, [{ ...command, description: 'Other words' }])).toMatchObject({
      0: { id: (first as unknown as Array<{ id: string }>)[0]?.id, description: 'Other words' },
    });
  });

  it.each([
    { what: 'nothing', data: {} },
    { what: 'too much', data: { content: 'x'.repeat(2001) } },
    {
      what: 'a link without an address',
      data: { components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Go' }] }] },
    },
    {
      what: 'two buttons of one id',
      data: {
        components: [{ type: 1, components: [1, 2].map(() => ({ type: 2, style: 1, label: 'Go', custom_id: 'a' })) }],
      },
    },
    { what: 'a button without a row', data: { components: [{ type: 2, style: 1, label: 'Go', custom_id: 'a' }] } },
  ])('is no answer that holds $what', async ({ data }) => {
    expect(await callback(begin('command'), saying(data))).toMatchObject({ status: 400, code: 50035 });
  });

  it('is one first answer, within three seconds', async () => {
    const answered = begin('command');
    expect((await callback(answered, saying({ content: 'Hello' }))).status).toBe(204);
    expect(await callback(answered, saying({ content: 'Hello' }))).toMatchObject({ status: 400, code: 40060 });

    const late = begin('command');
    now = new Date(now.getTime() + 3_001);
    expect(await callback(late, saying({ content: 'Hello' }))).toMatchObject({ status: 404, code: 10062 });
  });

  it('is a deferral whose place the next message takes, seen by whom the deferral said, for 15 minutes', async () => {
    const interaction = begin('command');
    await callback(interaction, { type: 5, data: { flags: 64 } });
    const webhook = `/webhooks/${APPLICATION}/${interaction.token}`;

    await send('PATCH', `${webhook}/messages/@original`, { content: 'Found' });
    expect(interaction.messages).toMatchObject([{ content: 'Found', isEphemeral: true }]);
    await send('PATCH', `${webhook}/messages/@original`, { content: 'Found it' });
    expect(interaction.messages).toMatchObject([{ content: 'Found it' }]);

    now = new Date(now.getTime() + 15 * 60_000 + 1);
    expect(await send('POST', webhook, { content: 'Too late' })).toMatchObject({ status: 404, code: 10015 });
  });

  it('is no choice of completions for a command, no message for a completion, and nothing for another token', async () => {
    expect((await callback(begin('command'), { type: 8, data: { choices: [] } })).status).toBe(400);
    expect((await callback(begin('autocomplete'), saying({ content: 'Hello' }))).status).toBe(400);
    expect((await send('PUT', `/applications/${APPLICATION}/commands`, [], 'stolen')).status).toBe(401);
  });
});
