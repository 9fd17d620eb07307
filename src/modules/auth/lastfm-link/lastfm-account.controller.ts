import { Body, Controller, Delete, Get, HttpCode, Patch, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { LastfmAccountNotLinkedError, LastfmAccountsService } from '../../lastfm/index.js';
import { EditLastfmMeDto, LastfmMeDto, ToggleDto } from './dto/lastfm-link.dto.js';

@ApiTags('lastfm')
@Controller('lfm/me')
export class LastfmAccountController {
  constructor(private readonly accounts: LastfmAccountsService) {}

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: LastfmMeDto })
  async find(@CurrentUserId() userId: UserId): Promise<LastfmMeDto> {
    const account = await this.accounts.find(userId);
    if (!account) {
      throw new LastfmAccountNotLinkedError('not-found');
    }
    return LastfmMeDto.of(account, await this.accounts.countWaiting(userId));
  }

  @Put('toggle')
  @Access('write')
  @ZodResponse({ status: 200, type: LastfmMeDto })
  async toggle(@CurrentUserId() userId: UserId, @Body() body: ToggleDto): Promise<LastfmMeDto> {
    const account = await this.accounts.toggle(userId, body.scrobblingEnabled);
    return LastfmMeDto.of(account, await this.accounts.countWaiting(userId));
  }

  @Patch()
  @Access('write')
  @ZodResponse({ status: 200, type: LastfmMeDto })
  async edit(@CurrentUserId() userId: UserId, @Body() choices: EditLastfmMeDto): Promise<LastfmMeDto> {
    const account = await this.accounts.choose(userId, choices);
    return LastfmMeDto.of(account, await this.accounts.countWaiting(userId));
  }

  @Delete()
  @HttpCode(204)
  @Access('write')
  @ApiNoContentResponse({ description: 'The account and its key are deleted; what waited is cancelled' })
  async disconnect(@CurrentUserId() userId: UserId): Promise<void> {
    await this.accounts.disconnect(userId);
  }
}
