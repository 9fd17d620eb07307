import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { ImportedPlaylistDto, ImportPastedTextDto, uploadFields } from './dto/playlist-import.dto.js';
import { PlaylistImportsService } from './playlist-imports.service.js';
import { receiveUpload } from './receive-upload.js';

@ApiTags('playlists')
@Controller('playlists/import')
export class PlaylistImportsController {
  constructor(private readonly imports: PlaylistImportsService) {}

  @Post('file')
  @Access('write')
  @ApiOperation({
    summary: 'Make a playlist from a file',
    description:
      'CSV with a header row (Exportify and others), JSPF, XSPF, M3U, M3U8, JSON, the Playlist1.json of a Spotify ' +
      'account, or text with one "Artist - Title" a line. The content decides, not the name. A file that holds several ' +
      'playlists becomes several: the first is `playlist`, the rest are `others`.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: '20 MB, and 10,000 tracks a playlist, at most' },
        title: {
          type: 'string',
          maxLength: 200,
          description: "Otherwise the file's own title, or its name; several playlists keep theirs",
        },
      },
    },
  })
  @ZodResponse({ status: 201, type: ImportedPlaylistDto })
  async importFile(@CurrentUserId() userId: UserId, @Req() request: FastifyRequest): Promise<ImportedPlaylistDto> {
    const { title: givenTitle, ...file } = await receiveUpload(request);
    const { success, data, error } = uploadFields.safeParse({ title: givenTitle });
    if (!success) {
      throw new ZodValidationException(error);
    }
    return ImportedPlaylistDto.of(await this.imports.importFile(userId, file, data.title));
  }

  @Post('text')
  @Access('write')
  @ApiOperation({ summary: 'Make a playlist from a pasted list, or from the pasted content of a file' })
  @ZodResponse({ status: 201, type: ImportedPlaylistDto })
  async importText(@CurrentUserId() userId: UserId, @Body() body: ImportPastedTextDto): Promise<ImportedPlaylistDto> {
    return ImportedPlaylistDto.of(await this.imports.importText(userId, body.text, body.title));
  }
}
