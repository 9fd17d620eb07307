import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../common/http/access.decorator.js';
import { CurrentUserId } from '../../common/http/current-user.decorator.js';
import { AnswersEntityTag, ChangesVersion, IfMatch } from '../../common/http/entity-tag.js';
import type { VersionCondition } from '../../common/http/if-match.js';
import { RouteIdPipe } from '../../common/http/route-id.pipe.js';
import type { PlaylistId, UserId } from '../../common/ids.js';
import {
  CreatePlaylistDto,
  PlaylistDto,
  PlaylistListDto,
  PlaylistQueryDto,
  PlaylistSummaryDto,
  UpdatePlaylistDto,
} from './dto/playlist.dto.js';
import { PlaylistsService } from './playlists.service.js';

@ApiTags('playlists')
@Controller('playlists')
export class PlaylistsController {
  constructor(private readonly playlists: PlaylistsService) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'Your playlists without their tracks, the newest change first' })
  @ZodResponse({ status: 200, type: PlaylistListDto })
  async list(@CurrentUserId() userId: UserId, @Query() query: PlaylistQueryDto): Promise<PlaylistListDto> {
    const { items, total } = await this.playlists.list(userId, query);
    return { items: items.map((playlist) => PlaylistSummaryDto.of(playlist)), total };
  }

  @Post()
  @Access('write')
  @AnswersEntityTag()
  @ApiOperation({ summary: 'Write a playlist by hand' })
  @ZodResponse({ status: 201, type: PlaylistDto })
  async create(@CurrentUserId() userId: UserId, @Body() body: CreatePlaylistDto): Promise<PlaylistDto> {
    return PlaylistDto.of(await this.playlists.create(userId, body));
  }

  @Get(':id')
  @Access('read')
  @AnswersEntityTag()
  @ApiOperation({ summary: 'A playlist of yours with its tracks' })
  @ZodResponse({ status: 200, type: PlaylistDto })
  async find(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: PlaylistId): Promise<PlaylistDto> {
    return PlaylistDto.of(await this.playlists.requireOwned(userId, id));
  }

  @Patch(':id')
  @Access('write')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change any of title, description, visibility, category and tracks' })
  @ZodResponse({ status: 200, type: PlaylistDto })
  async update(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistId,
    @Body() changes: UpdatePlaylistDto,
    @IfMatch() expected: VersionCondition,
  ): Promise<PlaylistDto> {
    return PlaylistDto.of(await this.playlists.update(userId, id, changes, expected));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('write')
  @ApiOperation({ summary: 'Delete a playlist of yours' })
  @ApiNoContentResponse({ description: 'The playlist is deleted' })
  async delete(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: PlaylistId): Promise<void> {
    await this.playlists.delete(userId, id);
  }
}
