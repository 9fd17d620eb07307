import { Controller, Headers, type MessageEvent, Query, Sse } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { interval, map, merge, type Observable, tap } from 'rxjs';
import { z } from 'zod';

import { Access } from '../common/http/access.decorator.js';
import { CurrentUserId } from '../common/http/current-user.decorator.js';
import type { UserId } from '../common/ids.js';
import { LiveUpdates } from '../events/live-updates.js';

/** Proxies close a connection on which nothing moves. */
const KEEP_ALIVE_MS = 25_000;
const RECONNECT_MS = 2_000;

class EventsQueryDto extends createZodDto(z.object({ lastEventId: z.string().max(64).optional() })) {}

@ApiTags('events')
@Controller('events')
export class LiveController {
  constructor(private readonly liveUpdates: LiveUpdates) {}

  /**
   * Server-sent events: `ready` when the stream begins, `run` and `scrobble` with the ids that changed (none: many did), `lastfm-account`,
   * `notification`, `data-export`, `user` when two users became one, and `resync` after a gap: fetch everything shown again.
   */
  @Sse()
  @Access('read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'A stream of server-sent events', schema: { type: 'string' } })
  events(
    @CurrentUserId() userId: UserId,
    @Headers('last-event-id') header: string | undefined,
    @Query() query: EventsQueryDto,
  ): Observable<MessageEvent> {
    // A browser resumes after the last id it saw, so what carries no news repeats the last one.
    let lastId = '';
    const updates = this.liveUpdates.streamTo(userId, header ?? query.lastEventId).pipe(
      tap(({ id }) => {
        lastId = id;
      }),
      map(({ id, update: { kind, ...data } }) => ({ id, type: kind, data, retry: RECONNECT_MS })),
    );
    const keepAlive = interval(KEEP_ALIVE_MS).pipe(map(() => ({ id: lastId, type: 'keep-alive', data: {} })));
    return merge(updates, keepAlive);
  }
}
