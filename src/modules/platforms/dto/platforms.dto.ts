import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import { PLATFORMS } from '../platform-playlist.js';
import type { PlatformStanding } from '../platform-standings.service.js';
import type { OwnPlaylist } from '../spotify/spotify-playlists.service.js';

const CONNECTED_FROM = ['settings', 'import'] as const;
export type ConnectedFrom = (typeof CONNECTED_FROM)[number];

export class ConnectQueryDto extends createZodDto(
  z.object({ from: z.enum(CONNECTED_FROM).default('settings').describe('The page of the dashboard to end on') }),
) {}

const platform = z.object({
  platform: z.enum(PLATFORMS),
  label: z.string(),
  state: z
    .enum(['ready', 'not_configured', 'not_connected', 'connected', 'expired'])
    .describe('ready: nothing to connect; not_configured: whoever runs this has to set something, see hint'),
  hint: z.string().nullable().describe('What to do, for people'),
  account: z
    .object({
      name: z.string(),
      connectedAt: z.iso.datetime(),
      endsAt: z.iso.datetime().describe('Then Spotify wants to be asked again'),
    })
    .nullable(),
});

export class PlatformListDto extends createZodDto(z.object({ items: z.array(platform), total: z.int() })) {
  static of(standings: readonly PlatformStanding[]): PlatformListDto {
    return {
      items: standings.map(({ account, ...standing }) => ({
        ...standing,
        account: account && {
          name: account.name,
          connectedAt: account.connectedAt.toISOString(),
          endsAt: account.consentEndsAt.toISOString(),
        },
      })),
      total: standings.length,
    };
  }
}

export class SpotifyPlaylistListDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        description: z.string().nullable(),
        trackCount: z.int(),
        isCollaborative: z.boolean(),
        url: z.string().describe('For POST /playlists/import'),
      }),
    ),
    total: z.int(),
    onlyFollowed: z.int().describe('Playlists of other people, which Spotify does not hand out'),
  }),
) {
  static of({ items, onlyFollowed }: { items: OwnPlaylist[]; onlyFollowed: number }): SpotifyPlaylistListDto {
    return {
      items: items.map(({ playlistId: id, title, description, total: trackCount, isCollaborative, url }) => ({
        ...{ id, title, description, trackCount, isCollaborative, url },
      })),
      total: items.length,
      onlyFollowed,
    };
  }
}
