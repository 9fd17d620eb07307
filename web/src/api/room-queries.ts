import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answer, api } from './client';
import { queryKinds } from './queries';

export const DECISIONS_PAGE_SIZE = 20;

/** What played while someone was there, and why it was scrobbled or not; newest first. */
export const voiceDecisionsQuery = (page = 1) =>
  queryOptions({
    queryKey: [queryKinds.rooms, 'decisions', page],
    queryFn: ({ signal }) => {
      const query = { limit: DECISIONS_PAGE_SIZE, offset: (page - 1) * DECISIONS_PAGE_SIZE };
      return answer(api.GET('/api/voice/decisions', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const roomsQuery = queryOptions({
  queryKey: [queryKinds.rooms, 'list'],
  queryFn: ({ signal }) => answer(api.GET('/api/voice/rooms', { signal })),
});

export const roomConsentsQuery = queryOptions({
  queryKey: [queryKinds.rooms, 'consents'],
  queryFn: ({ signal }) => answer(api.GET('/api/voice/consents', { signal })),
});

export const roomRecapQuery = (guildId: string) =>
  queryOptions({
    queryKey: [queryKinds.rooms, 'recap', guildId],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/voice/rooms/{guildId}/recap', { params: { path: { guildId } }, signal })),
  });
