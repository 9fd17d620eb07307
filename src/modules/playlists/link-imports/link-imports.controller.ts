import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { PlaylistId, PlaylistImportId, UserId } from '../../../common/ids.js';
import { ImportedPlaylistDto } from '../imports/dto/playlist-import.dto.js';
import { ImportLinkDto, PlaylistImportDto, StartedPlaylistImportDto } from './dto/playlist-import.dto.js';
import { LinkImports } from './link-imports.service.js';
import { PlaylistImport } from './playlist-import.entity.js';

@ApiTags('playlists')
@Controller('playlists')
export class LinkImportsController {
  constructor(private readonly imports: LinkImports) {}

  @Post('import')
  @Access('write')
  @ApiOperation({
    summary: 'Make a playlist from a link to one at Deezer or Spotify',
    description:
      'A long one is read in the background: 202, and GET /playlists/imports/:id tells how far it is. Spotify hands out ' +
      'only playlists that the connected account owns or works on.',
  })
  @ApiCreatedResponse({ type: ImportedPlaylistDto.Output, description: 'The playlist has been made' })
  @ApiAcceptedResponse({ type: StartedPlaylistImportDto.Output, description: 'It is being read' })
  async importLink(
    @CurrentUserId() userId: UserId,
    @Body() { url, title }: ImportLinkDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportedPlaylistDto | StartedPlaylistImportDto> {
    const outcome = await this.imports.importLink(userId, url, title);
    if (outcome instanceof PlaylistImport) {
      reply.status(202);
      return { importId: outcome.id };
    }
    return ImportedPlaylistDto.of(outcome);
  }

  @Get('imports/:id')
  @Access('read')
  @ApiOperation({ summary: 'How far it is, or what became of it; `/events` says `playlist-import` when that changes' })
  @ZodResponse({ status: 200, type: PlaylistImportDto })
  async find(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistImportId,
  ): Promise<PlaylistImportDto> {
    return PlaylistImportDto.of(await this.imports.require(userId, id));
  }

  @Post('imports/:id/cancel')
  @HttpCode(200)
  @Access('write')
  @ApiOperation({ summary: 'Stop it; no playlist is made or changed' })
  @ZodResponse({ status: 200, type: PlaylistImportDto })
  async cancel(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistImportId,
  ): Promise<PlaylistImportDto> {
    return PlaylistImportDto.of(await this.imports.cancel(userId, id));
  }

  @Post('imports/:id/apply')
  @HttpCode(200)
  @Access('write')
  @ApiOperation({
    summary: 'Do what a refresh has shown',
    description: 'The playlist gets the tracks of its source. 412 where it was changed since: refresh it again.',
  })
  @ZodResponse({ status: 200, type: PlaylistImportDto })
  async apply(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistImportId,
  ): Promise<PlaylistImportDto> {
    return PlaylistImportDto.of(await this.imports.apply(userId, id));
  }

  @Post(':id/refresh')
  @HttpCode(202)
  @Access('write')
  @ApiOperation({
    summary: 'Read the source of a playlist again',
    description:
      'Changes nothing. Once the import is `ready`, its `changes` say what is new, gone or moved, and ' +
      'POST /playlists/imports/:id/apply does it. Without any change it is `completed`.',
  })
  @ZodResponse({ status: 202, type: PlaylistImportDto })
  async refresh(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: PlaylistId): Promise<PlaylistImportDto> {
    return PlaylistImportDto.of(await this.imports.refresh(userId, id));
  }
}
