import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { matchingTracks } from '../music/matching-tracks.js';
import { entryAnswer, type EntryName, page, playlistAnswer, refusal, trackAnswer } from './spotify-answers.js';
import type { SpotifyCatalogue, SpotifyPlaylist } from './spotify-catalogue.js';
import type { SpotifyGrants } from './spotify-grants.js';
import type { SpotifyPlayer } from './spotify-player.js';

const BEARER = /^Bearer (\S+)$/;
const MOST = { items: 50, tracks: 100, search: 10 };

interface Query {
  limit?: string;
  offset?: string;
  q?: string;
  after?: string;
  before?: string;
}

type Asked = FastifyRequest<{ Params: { id?: string }; Querystring: Query }>;

interface Parts {
  readonly grants: SpotifyGrants;
  readonly catalogue: SpotifyCatalogue;
  readonly player: SpotifyPlayer;
  readonly origin: () => string;
  readonly now: () => Date;
  /** True: as apps made before February 2026 may still find it, with `/tracks` instead of `/items`. */
  readonly isOld: () => boolean;
}

/** api.spotify.com: each route needs an access token, and most of them a scope. */
export function registerApiRoutes(server: FastifyInstance, parts: Parts): void {
  const route = (
    url: string,
    scope: string | null,
    answer: (userId: string, request: Asked, reply: FastifyReply) => unknown,
  ): void => {
    server.get<{ Params: { id?: string }; Querystring: Query }>(`/v1${url}`, (request, reply) => {
      const bearer = parts.grants.bearerOf(BEARER.exec(request.headers.authorization ?? '')?.[1] ?? '');
      if (!bearer) {
        return reply.code(401).send(refusal(401, 'The access token expired'));
      }
      if (scope !== null && !bearer.scope.split(' ').includes(scope)) {
        return reply.code(403).send(refusal(403, 'Insufficient client scope'));
      }
      return answer(bearer.userId, request, reply);
    });
  };
  route('/me', null, (userId) => ({ id: userId, display_name: userId, type: 'user', uri: `spotify:user:${userId}` }));
  registerPlaylistRoutes(route, parts);
  registerPlayerRoutes(route, parts);
  route('/search', null, (_userId, { query }, reply) => {
    const { limit = 5, offset } = pageOf(query);
    if (limit > MOST.search) {
      return reply.code(400).send(refusal(400, 'Invalid limit'));
    }
    const found = matchingTracks(parts.catalogue.tracks(), query.q ?? '').map(trackAnswer);
    return { tracks: page(found, { limit, offset, address: `${parts.origin()}/v1/search` }) };
  });
}

type Route = (
  url: string,
  scope: string | null,
  answer: (userId: string, request: Asked, reply: FastifyReply) => unknown,
) => void;

function registerPlaylistRoutes(route: Route, { catalogue, origin, isOld }: Parts): void {
  route('/me/playlists', 'playlist-read-private', (userId, { query }) => {
    const { limit = 20, offset } = pageOf(query);
    const all = catalogue.all().map((playlist) => ({
      ...playlistAnswer(playlist, userId),
      [isOld() ? 'tracks' : 'items']: { total: playlist.entries.length },
    }));
    return page(all, { limit: Math.min(limit, MOST.items), offset, address: `${origin()}/v1/me/playlists` });
  });
  const found = (request: Asked, reply: FastifyReply): SpotifyPlaylist | null => {
    const playlist = catalogue.find(request.params.id ?? '');
    if (!playlist) {
      void reply.code(404).send(refusal(404, 'Resource not found'));
    }
    return playlist ?? null;
  };
  route('/playlists/:id', null, (userId, request, reply) => {
    const playlist = found(request, reply);
    const contents = playlist && mayRead(playlist, userId) && { total: playlist.entries.length };
    return playlist
      ? { ...playlistAnswer(playlist, userId), ...(contents && { [isOld() ? 'tracks' : 'items']: contents }) }
      : reply;
  });
  const entries = (name: EntryName) => (userId: string, request: Asked, reply: FastifyReply) => {
    const playlist = found(request, reply);
    if (!playlist) {
      return reply;
    }
    if (!mayRead(playlist, userId)) {
      return reply.code(403).send(refusal(403, 'Forbidden'));
    }
    const { limit = 20, offset } = pageOf(request.query);
    const kind = name === 'item' ? 'items' : 'tracks';
    const all = playlist.entries.map((entry) => entryAnswer(entry, name));
    const address = `${origin()}/v1/playlists/${playlist.id}/${kind}`;
    return page(all, { limit: Math.min(limit, MOST[kind]), offset, address });
  };
  const onlyIf = (isThere: () => boolean, name: EntryName) => (userId: string, request: Asked, reply: FastifyReply) =>
    isThere() ? entries(name)(userId, request, reply) : reply.code(404).send(refusal(404, 'Service not found'));
  route(
    '/playlists/:id/items',
    null,
    onlyIf(() => !isOld(), 'item'),
  );
  route('/playlists/:id/tracks', null, onlyIf(isOld, 'track'));
}

function registerPlayerRoutes(route: Route, { player, now, origin }: Parts): void {
  route('/me/player/recently-played', 'user-read-recently-played', (userId, { query }, reply) => {
    const { after, before } = query;
    if (after !== undefined && before !== undefined) {
      return reply.code(400).send(refusal(400, 'Only one of after and before may be given'));
    }
    const { limit = 20 } = pageOf(query);
    const plays = player
      .recentOf(userId)
      .filter(({ playedAt }) => playedAt.getTime() > Number(after ?? 0))
      .filter(({ playedAt }) => playedAt.getTime() < Number(before ?? Infinity))
      .slice(0, Math.min(limit, MOST.items));
    const moments = plays.map(({ playedAt }) => `${playedAt.getTime()}`);
    return {
      items: plays.map(({ track, playedAt }) => ({
        track: trackAnswer(track),
        played_at: playedAt.toISOString(),
        context: null,
      })),
      next: null,
      cursors: plays.length > 0 ? { after: moments[0], before: moments.at(-1) } : null,
      limit,
      href: `${origin()}/v1/me/player/recently-played`,
    };
  });
  route('/me/player/currently-playing', 'user-read-currently-playing', (userId, _request, reply) => {
    const current = player.nowOf(userId);
    if (!current) {
      return reply.code(204).send();
    }
    return {
      timestamp: current.startedAt.getTime(),
      progress_ms: now().getTime() - current.startedAt.getTime(),
      is_playing: current.isPlaying,
      currently_playing_type: 'track',
      item: trackAnswer(current.track),
      context: null,
    };
  });
}

function mayRead({ ownerId, isCollaborative }: SpotifyPlaylist, userId: string): boolean {
  return ownerId === null || ownerId === userId || isCollaborative;
}

function pageOf({ limit, offset }: Query): { limit?: number; offset: number } {
  return { ...(limit !== undefined && { limit: Number(limit) || 1 }), offset: Number(offset ?? 0) || 0 };
}
