import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { BotAnnouncements } from './bot-announcements.service.js';
import { BotScrobbles } from './bot-scrobbles.service.js';
import { ANNOUNCEMENTS_BODY, PlayResultsDto, PLAYS_BODY, PlaysDto, WaitQueryDto } from './dto/plays.dto.js';

@ApiTags('bots')
@Controller('lfm')
export class PlaysController {
  constructor(
    private readonly scrobbles: BotScrobbles,
    private readonly announcements: BotAnnouncements,
  ) {}

  @Post('scrobble')
  @HttpCode(200)
  @Access('bot')
  @ApiBody({ schema: PLAYS_BODY })
  @ZodResponse({ status: 200, type: PlayResultsDto })
  async scrobble(@Body() entries: PlaysDto, @Query() { wait }: WaitQueryDto): Promise<PlayResultsDto> {
    return { results: await this.scrobbles.record(entries, wait * 1000) };
  }

  @Post('now-playing')
  @HttpCode(200)
  @Access('bot')
  @ApiBody({ schema: ANNOUNCEMENTS_BODY })
  @ZodResponse({ status: 200, type: PlayResultsDto })
  async nowPlaying(@Body() entries: PlaysDto, @Query() { wait }: WaitQueryDto): Promise<PlayResultsDto> {
    return { results: await this.announcements.announce(entries, wait * 1000) };
  }
}
