import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { AnswersEntityTag, ChangesVersion, IfMatch } from '../../../common/http/entity-tag.js';
import type { VersionCondition } from '../../../common/http/if-match.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { PlaylistId, UserId } from '../../../common/ids.js';
import { PlaylistDto } from '../dto/playlist.dto.js';
import { PlaylistsService } from '../playlists.service.js';
import { DuplicatesDto, EditedPlaylistDto, EditTracksDto } from './dto/edit-tracks.dto.js';
import { PlaylistEditingService } from './playlist-editing.service.js';

@ApiTags('playlists')
@Controller('playlists/:id')
export class PlaylistEditingController {
  constructor(
    private readonly editing: PlaylistEditingService,
    private readonly playlists: PlaylistsService,
  ) {}

  @Patch('tracks')
  @Access('write')
  @ChangesVersion()
  @ApiOperation({ summary: 'Add, remove, move, replace or paste tracks, or remove duplicates' })
  @ZodResponse({ status: 200, type: EditedPlaylistDto })
  async edit(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistId,
    @Body() { operations }: EditTracksDto,
    @IfMatch() expected: VersionCondition,
  ): Promise<EditedPlaylistDto> {
    return EditedPlaylistDto.of(await this.editing.edit(userId, id, operations, expected));
  }

  @Post('undo')
  @HttpCode(200)
  @Access('write')
  @ChangesVersion()
  @ApiOperation({
    summary: 'Take the last change of the tracks back',
    description: 'One step. That is a change too, so undoing once more makes the change again.',
  })
  @ZodResponse({ status: 200, type: PlaylistDto })
  async undo(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistId,
    @IfMatch() expected: VersionCondition,
  ): Promise<PlaylistDto> {
    return PlaylistDto.of(await this.playlists.undo(userId, id, expected));
  }

  @Get('duplicates')
  @Access('read')
  @AnswersEntityTag()
  @ApiOperation({
    summary: 'Tracks that are in the playlist more than once',
    description: 'By artist and title, without case, accents and spacing: as two plays at once would be one scrobble.',
  })
  @ZodResponse({ status: 200, type: DuplicatesDto })
  async duplicates(@CurrentUserId() userId: UserId, @Param('id', RouteIdPipe) id: PlaylistId): Promise<DuplicatesDto> {
    return DuplicatesDto.of(await this.editing.findDuplicates(userId, id));
  }
}
