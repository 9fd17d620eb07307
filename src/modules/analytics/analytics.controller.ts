import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../common/http/access.decorator.js';
import { CurrentUserId } from '../../common/http/current-user.decorator.js';
import type { UserId } from '../../common/ids.js';
import {
  ListeningClockDto,
  PerDayDto,
  StreaksDto,
  SummaryDto,
  TopAlbumsDto,
  TopArtistsDto,
  TopTracksDto,
} from './dto/analytics.dto.js';
import { PeriodQueryDto, TopQueryDto } from './dto/period-query.dto.js';
import { Statistics } from './reading/statistics.service.js';

@ApiTags('analytics')
@Controller('analytics')
export class AnalyticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get('summary')
  @Access('read')
  @ApiOperation({ summary: 'How much you listened to, where it came from, and how much of it Last.fm accepted' })
  @ZodResponse({ status: 200, type: SummaryDto })
  summarize(@CurrentUserId() userId: UserId, @Query() query: PeriodQueryDto): Promise<SummaryDto> {
    return this.statistics.summarize(userId, query);
  }

  @Get('per-day')
  @Access('read')
  @ApiOperation({ summary: 'Plays per day; the last 30 days unless asked otherwise' })
  @ZodResponse({ status: 200, type: PerDayDto })
  countPerDay(@CurrentUserId() userId: UserId, @Query() query: PeriodQueryDto): Promise<PerDayDto> {
    return this.statistics.countPerDay(userId, query);
  }

  @Get('top-artists')
  @Access('read')
  @ApiOperation({ summary: 'The artists you listened to most' })
  @ZodResponse({ status: 200, type: TopArtistsDto })
  async findTopArtists(@CurrentUserId() userId: UserId, @Query() query: TopQueryDto): Promise<TopArtistsDto> {
    const { items, ...rest } = await this.statistics.findTop(userId, 'artist', query);
    return { ...rest, items: items.map(({ artist, plays }) => ({ artist, plays })) };
  }

  @Get('top-tracks')
  @Access('read')
  @ApiOperation({ summary: 'The tracks you listened to most' })
  @ZodResponse({ status: 200, type: TopTracksDto })
  async findTopTracks(@CurrentUserId() userId: UserId, @Query() query: TopQueryDto): Promise<TopTracksDto> {
    const { items, ...rest } = await this.statistics.findTop(userId, 'track', query);
    return { ...rest, items: items.map(({ artist, name, plays }) => ({ artist, title: name, plays })) };
  }

  @Get('top-albums')
  @Access('read')
  @ApiOperation({ summary: 'The albums you listened to most' })
  @ZodResponse({ status: 200, type: TopAlbumsDto })
  async findTopAlbums(@CurrentUserId() userId: UserId, @Query() query: TopQueryDto): Promise<TopAlbumsDto> {
    const { items, ...rest } = await this.statistics.findTop(userId, 'album', query);
    return { ...rest, items: items.map(({ artist, name, plays }) => ({ artist, album: name, plays })) };
  }

  @Get('clock')
  @Access('read')
  @ApiOperation({ summary: 'In which hours of the week you listen' })
  @ZodResponse({ status: 200, type: ListeningClockDto })
  readClock(@CurrentUserId() userId: UserId, @Query() query: PeriodQueryDto): Promise<ListeningClockDto> {
    return this.statistics.readClock(userId, query);
  }

  @Get('streaks')
  @Access('read')
  @ApiOperation({ summary: 'Days in a row on which you listened to something' })
  @ZodResponse({ status: 200, type: StreaksDto })
  findStreaks(@CurrentUserId() userId: UserId, @Query() query: PeriodQueryDto): Promise<StreaksDto> {
    return this.statistics.findStreaks(userId, query);
  }
}
