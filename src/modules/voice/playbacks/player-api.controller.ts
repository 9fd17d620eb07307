import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { BotKeyId, PlaybackId } from '../../../common/ids.js';
import { VoiceDecisions } from '../decisions/voice-decisions.service.js';
import { CurrentPlayerId } from './current-player.decorator.js';
import {
  KeepAliveDto,
  PlaybackDto,
  PlaybackEventsDto,
  PlaybackListDto,
  StartPlaybackDto,
  toEvents,
  toStart,
} from './dto/player-api.dto.js';
import type { Playback } from './playback.entity.js';
import { Playbacks } from './playbacks.service.js';

/** The player API: any music bot tells what plays and who is there, and needs to know no rule. */
@ApiTags('players')
@Controller('voice/playbacks')
@Access('bot')
export class PlayerApiController {
  constructor(
    private readonly playbacks: Playbacks,
    private readonly decisions: VoiceDecisions,
  ) {}

  /** A track starts. Sent again, it answers the same playback. */
  @Post()
  @ZodResponse({ status: 201, type: PlaybackDto })
  async start(@CurrentPlayerId() playerId: BotKeyId, @Body() start: StartPlaybackDto): Promise<PlaybackDto> {
    return this.describe(await this.playbacks.start(playerId, toStart(start)));
  }

  /** What you have open: after a restart, tell of each that you have `returned`, or that it has `ended`. */
  @Get()
  @ZodResponse({ status: 200, type: PlaybackListDto })
  async listOpen(@CurrentPlayerId() playerId: BotKeyId): Promise<PlaybackListDto> {
    return PlaybackListDto.of(await this.playbacks.findOpen(playerId));
  }

  /** You are still there, and these play on or are paused as you said. Best every 5 to 10 seconds. */
  @Post('alive')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Those that are not yours, or over, are passed over' })
  async keepAlive(@CurrentPlayerId() playerId: BotKeyId, @Body() alive: KeepAliveDto): Promise<void> {
    await this.playbacks.keepAlive(playerId, KeepAliveDto.idsOf(alive));
  }

  @Get(':id')
  @ZodResponse({ status: 200, type: PlaybackDto })
  async find(@CurrentPlayerId() playerId: BotKeyId, @Param('id', RouteIdPipe) id: PlaybackId): Promise<PlaybackDto> {
    return this.describe(await this.playbacks.require(playerId, id));
  }

  /** Things happened in it, in any order and as often as you like: each event id counts once. */
  @Post(':id/events')
  @HttpCode(200)
  @ZodResponse({ status: 200, type: PlaybackDto })
  async note(
    @CurrentPlayerId() playerId: BotKeyId,
    @Param('id', RouteIdPipe) id: PlaybackId,
    @Body() events: PlaybackEventsDto,
  ): Promise<PlaybackDto> {
    return this.describe(await this.playbacks.note(playerId, id, toEvents(events)));
  }

  private async describe(playback: Playback): Promise<PlaybackDto> {
    return PlaybackDto.of(playback, await this.decisions.listOn(playback.id));
  }
}
