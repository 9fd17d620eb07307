import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { LavalinkRefusal } from './lavalink-refusal.js';
import type { MusicLibrary } from './music-library.js';
import type { NodeClient } from './node-client.js';

interface NodeDesk {
  readonly password: string;
  readonly library: MusicLibrary;
  /** @throws LavalinkRefusal */
  requireClient(id: string): NodeClient;
  note(refusal: string): void;
  changed(): void;
}

type Params = { client: string; guild: string };

const INFO = {
  version: { semver: '4.2.2', major: 4, minor: 2, patch: 2, preRelease: null, build: null },
  buildTime: 0,
  git: { branch: 'sandbox', commit: 'sandbox', commitTime: 0 },
  jvm: '17',
  lavaplayer: '2.2.4',
  sourceManagers: ['youtube', 'soundcloud', 'http', 'sandbox'],
  filters: ['volume'],
  plugins: [],
};

/** Lavalink's REST. @see https://lavalink.dev/api/rest */
export function registerNodeRoutes(server: FastifyInstance, desk: NodeDesk): void {
  const route = (
    method: 'GET' | 'PATCH' | 'DELETE',
    url: string,
    answer: (request: FastifyRequest, params: Params) => unknown,
  ): void => {
    server.route({
      method,
      url,
      handler: (request, reply) => handle(desk, request, reply, answer),
    });
  };
  route('GET', '/version', () => '4.2.2');
  route('GET', '/v4/info', () => INFO);
  route('GET', '/v4/loadtracks', ({ query }) => desk.library.load((query as { identifier?: string }).identifier ?? ''));
  route('PATCH', '/v4/sessions/:client', ({ body }, { client }) => {
    const { resuming, timeout } = body as { resuming?: boolean; timeout?: number };
    const of = desk.requireClient(client);
    of.mayResume = resuming ?? of.mayResume;
    of.timeoutSeconds = timeout ?? of.timeoutSeconds;
    return { resuming: of.mayResume, timeout: of.timeoutSeconds };
  });
  route('GET', '/v4/sessions/:client/players', (_request, { client }) =>
    [...desk.requireClient(client).players.values()].map((player) => player.toJson()),
  );
  route('GET', '/v4/sessions/:client/players/:guild', (_request, { client, guild }) =>
    desk.requireClient(client).player(guild).toJson(),
  );
  route('PATCH', '/v4/sessions/:client/players/:guild', ({ body, query }, { client, guild }) => {
    const player = desk.requireClient(client).player(guild);
    player.change(body, (query as { noReplace?: string }).noReplace === 'true');
    return player.toJson();
  });
  route('DELETE', '/v4/sessions/:client/players/:guild', (_request, { client, guild }) => {
    const of = desk.requireClient(client);
    of.players.get(guild)?.end('cleanup');
    of.players.delete(guild);
  });
}

function handle(
  desk: NodeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: (request: FastifyRequest, params: Params) => unknown,
): FastifyReply {
  try {
    if (request.headers.authorization !== desk.password) {
      throw new LavalinkRefusal(401, 'Unauthorized');
    }
    const body = answer(request, request.params as Params);
    desk.changed();
    return body === undefined ? reply.code(204).send() : reply.send(body);
  } catch (error) {
    const refusal = error instanceof LavalinkRefusal ? error : new LavalinkRefusal(400, (error as Error).message);
    desk.note(`${request.method} ${request.url}: ${refusal.message}`);
    const { status, message } = refusal;
    return reply.code(status).send({ timestamp: 0, status, error: 'Error', message, path: request.url });
  }
}
