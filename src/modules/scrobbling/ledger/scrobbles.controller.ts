import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { HistoryQueryDto, toHistoryQuery } from './dto/history-query.dto.js';
import { RecordScrobblesDto } from './dto/record-scrobbles.dto.js';
import { RecordedScrobblesDto, ScrobbleDetailDto, ScrobbleDto, ScrobbleListDto } from './dto/scrobble.dto.js';
import { ManualScrobbles } from './manual-scrobbles.service.js';
import { ScrobbleHistory } from './scrobble-history.service.js';

@ApiTags('scrobbles')
@Controller('scrobbles')
export class ScrobblesController {
  constructor(
    private readonly manual: ManualScrobbles,
    private readonly history: ScrobbleHistory,
  ) {}

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleListDto })
  async list(@CurrentUserId() userId: UserId, @Query() query: HistoryQueryDto): Promise<ScrobbleListDto> {
    const { items, total } = await this.history.list(userId, toHistoryQuery(query));
    return { items: items.map((record) => ScrobbleDto.of(record)), total };
  }

  @Post()
  @Access('write')
  @ZodResponse({ status: 201, type: RecordedScrobblesDto })
  async record(@CurrentUserId() userId: UserId, @Body() body: RecordScrobblesDto): Promise<RecordedScrobblesDto> {
    const tracks = body.map(({ playedAt, ...track }) => ({
      ...track,
      playedAt: playedAt === undefined ? undefined : new Date(playedAt),
    }));
    const records = await this.manual.record(userId, tracks);
    return { items: records.map((record) => ScrobbleDto.of(record)) };
  }

  @Get(':id')
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleDetailDto })
  async find(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ScrobbleId): Promise<ScrobbleDetailDto> {
    return ScrobbleDetailDto.with(await this.history.require(userId, id), await this.history.listResends(userId, id));
  }
}
