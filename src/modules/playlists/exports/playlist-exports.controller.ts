import { Readable } from 'node:stream';

import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { create as contentDisposition } from 'content-disposition';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { PlaylistId, UserId } from '../../../common/ids.js';
import { PlaylistsService } from '../playlists.service.js';
import { ExportQueryDto } from './dto/export-query.dto.js';
import { exportFileName } from './export-file-name.js';
import { exportPieces, WRITERS } from './export-format.js';

const mediaTypeOf = (contentType: string): string => contentType.replace(/;.*/, '');
const file: { schema: { type: 'string'; format: string } } = { schema: { type: 'string', format: 'binary' } };

@ApiTags('playlists')
@Controller('playlists')
export class PlaylistExportsController {
  constructor(private readonly playlists: PlaylistsService) {}

  @Get(':id/export')
  @Access('read')
  @ApiOperation({
    summary: 'A playlist of yours as a file, which can be imported again as it was',
    description: 'CSV and M3U8 have no place for the description. CSV is safe to open in a spreadsheet.',
  })
  @ApiOkResponse({
    description: 'The file, named after the playlist',
    content: Object.fromEntries(Object.values(WRITERS).map(({ contentType }) => [mediaTypeOf(contentType), file])),
  })
  async export(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: PlaylistId,
    @Query() { format }: ExportQueryDto,
  ): Promise<StreamableFile> {
    const playlist = await this.playlists.requireOwned(userId, id);
    return new StreamableFile(Readable.from(exportPieces(playlist, format), { objectMode: false }), {
      type: WRITERS[format].contentType,
      disposition: contentDisposition(exportFileName(playlist.title, format)),
    });
  }
}
