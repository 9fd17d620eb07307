import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { ApiTokenId, UserId } from '../../../common/ids.js';
import { ApiTokensService } from './api-tokens.service.js';
import { ApiTokenDto, ApiTokenListDto, CreateApiTokenDto, CreatedApiTokenDto } from './dto/api-token.dto.js';

@ApiTags('me')
@Controller('me/tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: ApiTokenListDto })
  async list(@CurrentUserId() userId: UserId): Promise<ApiTokenListDto> {
    const { items, total } = await this.tokens.list(userId);
    return { items: items.map((token) => ApiTokenDto.of(token)), total };
  }

  @Post()
  @Access('login')
  @ZodResponse({ status: 201, type: CreatedApiTokenDto })
  async create(@CurrentUserId() userId: UserId, @Body() body: CreateApiTokenDto): Promise<CreatedApiTokenDto> {
    const { apiToken, token } = await this.tokens.create(userId, body.name, body.scopes);
    return CreatedApiTokenDto.withToken(apiToken, token);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'The token is revoked' })
  async revoke(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: ApiTokenId): Promise<void> {
    await this.tokens.revoke(userId, id);
  }
}
