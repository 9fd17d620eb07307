import { once } from 'node:events';

import { WebSocket } from 'ws';

import { LavalinkSandbox } from './index.js';

const PASSWORD = 'youshallnotpass';
const VOICE = { token: 't', endpoint: 'e', sessionId: 's', channelId: '9' };

describe('A Lavalink node', () => {
  let lavalink: LavalinkSandbox;
  let now: Date;
  let sockets: WebSocket[];

  beforeEach(async () => {
    now = new Date('2026-01-15T12:00:00Z');
    sockets = [];
    lavalink = await LavalinkSandbox.start({ password: PASSWORD, now: () => now });
  });

  afterEach(async () => {
    sockets.forEach((socket) => {
      socket.terminate();
    });
    await lavalink.close();
  });

  const connect = async (headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`${lavalink.origin.replace('http', 'ws')}/v4/websocket`, {
      headers: { authorization: PASSWORD, 'user-id': '42', 'client-name': 'test/1', ...headers },
    });
    sockets.push(socket);
    const heard: Array<Record<string, unknown>> = [];
    socket.on('message', (message: Buffer) => heard.push(JSON.parse(message.toString()) as Record<string, unknown>));
    await once(socket, 'message');
    const hears = async (type: string): Promise<Record<string, unknown>> => {
      let found: Record<string, unknown> | undefined;
      while (!(found = heard.find((message) => message['type'] === type))) {
        await once(socket, 'message');
      }
      return found;
    };
    return { socket, heard, hears, id: String(heard[0]?.['sessionId']) };
  };
  const ask = async (method: string, path: string, body?: object, password = PASSWORD) => {
    const response = await fetch(`${lavalink.origin}${path}`, {
      method,
      headers: { authorization: password, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as { data: Array<{ encoded: string }> } };
  };
  const play = async (id: string) => {
    const { body } = await ask('GET', '/v4/loadtracks?identifier=scsearch:jingle');
    const track = { encoded: body.data[0]?.encoded, userData: { mine: 1 } };
    return ask('PATCH', `/v4/sessions/${id}/players/7`, { track, voice: VOICE });
  };

  it('lets nobody in with another password, and wants to know who it is', async () => {
    expect((await ask('GET', '/v4/info', undefined, 'guess')).status).toBe(401);
    await expect(connect({ authorization: 'guess' })).rejects.toThrow('401');
    await expect(connect({ 'user-id': '' })).rejects.toThrow('400');
  });

  it('plays a track for as long as it is, and hands back what it was given with it', async () => {
    const { hears, id } = await connect();
    await play(id);
    now = new Date(now.getTime() + 10_000);
    expect(lavalink.in('7')?.heard).toMatchObject({ title: 'Jingle', positionSeconds: 10 });

    now = new Date(now.getTime() + 10_000);
    lavalink.tick();

    expect(await hears('TrackEndEvent')).toMatchObject({ reason: 'finished', track: { userData: { mine: 1 } } });
    expect(lavalink.in('7')?.heard).toBeNull();
  });

  it('refuses a voice connection that could not be encrypted, and players of nobody', async () => {
    const { id } = await connect();
    const { channelId, ...old } = VOICE;

    expect(channelId).toBe('9');
    expect((await ask('PATCH', `/v4/sessions/${id}/players/7`, { voice: old })).status).toBe(400);
    expect((await ask('PATCH', '/v4/sessions/none/players/7', {})).status).toBe(404);
    expect(lavalink.refusals).toHaveLength(2);
  });

  it('plays on for a client that may resume, and tells it afterwards what it missed', async () => {
    const { socket, id } = await connect();
    await ask('PATCH', `/v4/sessions/${id}`, { resuming: true, timeout: 60 });
    await play(id);
    lavalink.cut();
    await once(socket, 'close');
    now = new Date(now.getTime() + 20_000);
    lavalink.tick();

    const again = await connect({ 'session-id': id });

    expect(again.heard[0]).toMatchObject({ op: 'ready', resumed: true, sessionId: id });
    expect(await again.hears('TrackEndEvent')).toMatchObject({ reason: 'finished' });
    expect((await connect({ 'session-id': 'gone' })).heard[0]).toMatchObject({ resumed: false });
  });
});
