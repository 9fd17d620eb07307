import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { ScrobbleId, UserId } from '../../../common/ids.js';
import { toPeriod } from '../ledger/dto/history-query.dto.js';
import { ScrobbleDto } from '../ledger/dto/scrobble.dto.js';
import { ScrobbleHistory } from '../ledger/scrobble-history.service.js';
import { ResendScrobbleDto, RetriedScrobblesDto, RetryScrobblesDto } from './dto/resend.dto.js';
import { ScrobbleResends } from './scrobble-resends.service.js';

@ApiTags('scrobbles')
@Controller('scrobbles')
export class ScrobbleResendsController {
  constructor(
    private readonly resends: ScrobbleResends,
    private readonly history: ScrobbleHistory,
  ) {}

  /** Sends again what failed, was ignored or is missing on the profile, corrected where the body says so, up to 14 days. */
  @Post(':id/resend')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleDto })
  async resend(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleId,
    @Body() correction: ResendScrobbleDto,
  ): Promise<ScrobbleDto> {
    await this.resends.resend(userId, id, correction);
    return ScrobbleDto.of(await this.history.require(userId, id));
  }

  /** Sends all of a kind again: everything that failed unless the body says otherwise. */
  @Post('retry')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: RetriedScrobblesDto })
  async retry(@CurrentUserId() userId: UserId, @Body() body: RetryScrobblesDto): Promise<RetriedScrobblesDto> {
    const { states, source, ...period } = body;
    return this.resends.retry(userId, { states, source, ...toPeriod(period) });
  }
}
