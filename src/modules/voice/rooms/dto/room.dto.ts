import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

import type { Recap, Room } from '../rooms.service.js';

const room = z
  .object({
    guildId: z.string(),
    guildName: z.string().nullable(),
    lastPlayedAt: z.string(),
    channels: z.array(z.object({ channelId: z.string(), channelName: z.string().nullable() })),
  })
  .meta({ id: 'Room' });

export class RoomListDto extends createZodDto(z.object({ items: z.array(room), total: z.int() })) {
  static of(rooms: readonly Room[]): RoomListDto {
    const items = rooms.map(({ lastPlayedAt, ...rest }) => ({ ...rest, lastPlayedAt: lastPlayedAt.toISOString() }));
    return { items, total: items.length };
  }
}

export class RecapQueryDto extends createZodDto(
  z.object({
    channelId: z.string().max(20).optional().describe('Left out: all channels'),
    since: z.iso.datetime({ offset: true }).optional().describe('Left out: as far back as is known, a month'),
  }),
) {
  /** Nothing is older than the beginning of the count of seconds. */
  static startOf(since: string | undefined): Date {
    return new Date(Math.max(0, since === undefined ? 0 : Date.parse(since)));
  }
}

const track = z.object({
  artist: z.string(),
  title: z.string(),
  album: z.string().nullable(),
  durationSeconds: z.int().nullable(),
  plays: z.int(),
  listeners: z.int().describe('Different people who heard some of it'),
  heardSeconds: z.int().describe('Of all of them together'),
  firstPlayedAt: z.string(),
});

export class RecapDto extends createZodDto(
  z.object({
    items: z.array(track),
    listeners: z.int().describe('Different people who heard anything'),
    total: z.int(),
  }),
) {
  static of({ tracks, listeners }: Recap): RecapDto {
    const items = tracks.map(({ firstPlayedAt, ...rest }) => ({ ...rest, firstPlayedAt: firstPlayedAt.toISOString() }));
    return { items, listeners, total: items.length };
  }
}
