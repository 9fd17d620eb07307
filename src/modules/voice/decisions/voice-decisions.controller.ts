import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { PlaybackId, UserId } from '../../../common/ids.js';
import { VoiceDecisionListDto, VoiceDecisionQueryDto } from './dto/voice-decision.dto.js';
import { VoiceDecisions } from './voice-decisions.service.js';

@ApiTags('voice')
@Controller('voice/decisions')
export class VoiceDecisionsController {
  constructor(private readonly decisions: VoiceDecisions) {}

  /** What played while you were in voice channels, the latest first, and why it was scrobbled or not. */
  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: VoiceDecisionListDto })
  async list(@CurrentUserId() userId: UserId, @Query() query: VoiceDecisionQueryDto): Promise<VoiceDecisionListDto> {
    const { items, total } = await this.decisions.list(userId, query);
    return VoiceDecisionListDto.of(items, total);
  }

  /** "Not this track", while it plays and nothing is decided. */
  @Post(':playbackId/decline')
  @HttpCode(204)
  @Access('write')
  @ApiNoContentResponse({ description: 'It will not be scrobbled for you' })
  async decline(
    @CurrentUserId() userId: UserId,
    @Param('playbackId', RouteIdPipe) playbackId: PlaybackId,
  ): Promise<void> {
    await this.decisions.decline(userId, playbackId);
  }
}
