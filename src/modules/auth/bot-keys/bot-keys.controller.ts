import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { BotKeyId, UserId } from '../../../common/ids.js';
import { BotKeys } from './bot-keys.service.js';
import { BotKeyListDto, IssueBotKeyDto, IssuedBotKeyDto } from './dto/bot-key.dto.js';

/** The keys of music bots, for administrators. */
@ApiTags('bot-keys')
@Controller('bot-keys')
@Access('admin')
export class BotKeysController {
  constructor(private readonly botKeys: BotKeys) {}

  @Get()
  @ZodResponse({ status: 200, type: BotKeyListDto })
  async list(): Promise<BotKeyListDto> {
    const { items, total } = await this.botKeys.list();
    return BotKeyListDto.of(items, total);
  }

  @Post()
  @ZodResponse({ status: 201, type: IssuedBotKeyDto })
  async issue(@CurrentUserId() userId: UserId, @Body() { name }: IssueBotKeyDto): Promise<IssuedBotKeyDto> {
    const { botKey, key } = await this.botKeys.issue(name, userId);
    return IssuedBotKeyDto.withKey(botKey, key);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The key opens nothing any more, at any replica' })
  async revoke(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: BotKeyId): Promise<void> {
    await this.botKeys.revoke(id, userId);
  }
}
