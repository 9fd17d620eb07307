import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentPrincipal } from '../../../common/http/current-user.decorator.js';
import type { Principal } from '../../../common/http/principal.js';
import { LastfmMeDto, SnowflakePipe, ToggleDto } from '../../auth/index.js';
import { LastfmAccountNotLinkedError } from '../../lastfm/index.js';
import { ScrobbleDto, ScrobbleHistory, toPeriod } from '../../scrobbling/index.js';
import { DiscordAccounts } from './discord-accounts.service.js';
import { DiscordScrobblesDto, DiscordScrobblesQueryDto } from './dto/discord-scrobbles.dto.js';

@ApiTags('bots')
@Controller('lfm')
export class DiscordAccountsController {
  constructor(
    private readonly accounts: DiscordAccounts,
    private readonly history: ScrobbleHistory,
  ) {}

  /** Everything to the owner; to a bot what voice channels brought. */
  @Get('scrobbles/:discordUserId')
  @Access('read', 'bot')
  @ZodResponse({ status: 200, type: DiscordScrobblesDto })
  async scrobbles(
    @Param('discordUserId', SnowflakePipe) discordUserId: string,
    @Query() { limit, offset, startDate, endDate }: DiscordScrobblesQueryDto,
    @CurrentPrincipal() principal: Principal | null,
  ): Promise<DiscordScrobblesDto> {
    const userId = await this.accounts.requireUserId(discordUserId);
    const isOwner = principal?.userId === userId;
    if (!isOwner && !principal?.botKeyId) {
      throw new LastfmAccountNotLinkedError('not-found');
    }
    const source = isOwner ? undefined : ('voice' as const);
    const query = { limit, offset, source, ...toPeriod({ startDate, endDate }) };
    const { items, total } = await this.history.list(userId, query);
    const failed = await this.history.countFailed(userId, query);
    return { scrobbles: items.map((record) => ScrobbleDto.of(record)), stats: { total, failed } };
  }

  @Get(':discordUserId')
  @Access('bot')
  @ZodResponse({ status: 200, type: LastfmMeDto })
  async find(@Param('discordUserId', SnowflakePipe) discordUserId: string): Promise<LastfmMeDto> {
    const { account, waiting } = await this.accounts.find(discordUserId);
    return LastfmMeDto.of(account, waiting);
  }

  @Put(':discordUserId/toggle')
  @Access('bot')
  @ZodResponse({ status: 200, type: LastfmMeDto })
  async toggle(
    @Param('discordUserId', SnowflakePipe) discordUserId: string,
    @Body() { scrobblingEnabled }: ToggleDto,
  ): Promise<LastfmMeDto> {
    const { account, waiting } = await this.accounts.toggle(discordUserId, scrobblingEnabled);
    return LastfmMeDto.of(account, waiting);
  }

  @Delete(':discordUserId')
  @HttpCode(204)
  @Access('bot')
  @ApiNoContentResponse({ description: 'The account and its key are deleted; what waited is cancelled' })
  async disconnect(@Param('discordUserId', SnowflakePipe) discordUserId: string): Promise<void> {
    await this.accounts.disconnect(discordUserId);
  }
}
