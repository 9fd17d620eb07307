import type { FastifyInstance } from 'fastify';

import { matchingTracks } from '../music/matching-tracks.js';
import { listAnswer, playlistAnswer, REFUSALS } from './deezer-answers.js';
import type { DeezerCatalogue, DeezerPlaylist } from './deezer-catalogue.js';
import type { Quota } from './quota.js';

const DEFAULT_LIMIT = 25;

interface PageQuery {
  index?: string;
  limit?: string;
  q?: string;
}

interface Parts {
  readonly catalogue: DeezerCatalogue;
  readonly quota: Quota;
  readonly origin: () => string;
}

/** The API, and the short links of link.deezer.com beside it. */
export function registerDeezerRoutes(server: FastifyInstance, { catalogue, quota, origin }: Parts): void {
  /** A playlist, or why there is none. */
  const withPlaylist = (id: string, answer: (playlist: DeezerPlaylist) => object): object => {
    if (!quota.admit()) {
      return REFUSALS.quota;
    }
    if (!/^\d+$/.test(id)) {
      return REFUSALS.wrongParameter;
    }
    const playlist = catalogue.find(Number(id));
    return playlist?.isPublic ? answer(playlist) : REFUSALS.noData;
  };
  server.get<{ Params: { id: string } }>('/playlist/:id', ({ params: { id } }) => withPlaylist(id, playlistAnswer));
  server.get<{ Params: { id: string }; Querystring: PageQuery }>(
    '/playlist/:id/tracks',
    ({ params: { id }, query: { index, limit } }) =>
      withPlaylist(id, ({ entries }) =>
        listAnswer(entries, { ...pageOf(index, limit), address: `${origin()}/playlist/${id}/tracks` }),
      ),
  );
  server.get<{ Querystring: PageQuery }>('/search', ({ query: { q = '', index, limit } }) => {
    if (!quota.admit()) {
      return REFUSALS.quota;
    }
    const found = matchingTracks(catalogue.tracks(), q).map((track) => ({ track, isReadable: true }));
    return listAnswer(found, { ...pageOf(index, limit), address: `${origin()}/search`, query: q });
  });
  server.get<{ Params: { token: string } }>('/s/:token', ({ params: { token } }, reply) => {
    const playlist = catalogue.findBySlug(token);
    const target = `https://www.deezer.com/${playlist ? `playlist/${playlist.id}` : ''}?utm_source=deezer`;
    return reply.redirect(`https://link.deezer.com/?awf=1&dest=${encodeURIComponent(target)}`, 302);
  });
}

function pageOf(index: string | undefined, limit: string | undefined): { index: number; limit: number } {
  return { index: Number(index ?? 0) || 0, limit: Number(limit ?? DEFAULT_LIMIT) || DEFAULT_LIMIT };
}
