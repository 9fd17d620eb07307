import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ZodResponse, ZodValidationException } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import { RouteIdPipe } from '../../../common/http/route-id.pipe.js';
import type { ScrobbleImportId, UserId } from '../../../common/ids.js';
import { cutTo, toStorableLine } from '../../playlists/index.js';
import {
  importFields,
  ImportQueryDto,
  ScrobbleImportDto,
  ScrobbleImportListDto,
  StartedImportDto,
  StartImportDto,
} from './dto/scrobble-import.dto.js';
import { ImportCounter } from './import-counter.js';
import { inTemporaryFolder } from './import-files.service.js';
import { receiveHistoryUpload } from './receive-history-upload.js';
import type { ScrobbleImport } from './scrobble-import.entity.js';
import { ScrobbleImports } from './scrobble-imports.service.js';

const MAX_FILE_NAME_LENGTH = 255;

@ApiTags('scrobbles')
@Controller('scrobbles')
export class ScrobbleImportsController {
  constructor(
    private readonly imports: ScrobbleImports,
    private readonly counter: ImportCounter,
  ) {}

  @Post('import')
  @HttpCode(202)
  @Access('write')
  @ApiOperation({
    summary: 'Bring a listening history',
    description:
      'A .scrobbler.log, the streaming history of Spotify, an export of ListenBrainz, Last.fm or Maloja, a watch history ' +
      'of YouTube Music, or a CSV with artist, title and time; several in a zip. Plays younger than 14 days are sent to ' +
      'Last.fm within the daily budget, older ones are kept for statistics.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: '100 MB at most' },
        preview: { type: 'string', enum: ['true', 'false'], description: 'true: reads it and waits for /start' },
        sendRecent: { type: 'string', enum: ['true', 'false'], description: 'false: nothing of it is sent' },
        timeZone: { type: 'string', description: 'Of times that the file does not explain; UTC unless given' },
      },
    },
  })
  @ZodResponse({ status: 202, type: StartedImportDto })
  async bring(@CurrentUserId() userId: UserId, @Req() request: FastifyRequest): Promise<StartedImportDto> {
    return inTemporaryFolder(async (folder) => {
      const { file, fileName, fields } = await receiveHistoryUpload(request, folder);
      const { success, data, error } = importFields.safeParse(fields);
      if (!success) {
        throw new ZodValidationException(error);
      }
      const { preview, ...choice } = data;
      const name = cutTo(MAX_FILE_NAME_LENGTH, toStorableLine(fileName));
      const { id } = await this.imports.create({ userId, fileName: name, startsByItself: !preview, ...choice }, file);
      return { importId: id };
    });
  }

  @Get('imports')
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleImportListDto })
  async list(
    @CurrentUserId() userId: UserId,
    @Query() { limit, offset }: ImportQueryDto,
  ): Promise<ScrobbleImportListDto> {
    const { items, total } = await this.imports.list(userId, limit, offset);
    return ScrobbleImportListDto.of(items, total);
  }

  @Get('imports/:id')
  @Access('read')
  @ZodResponse({ status: 200, type: ScrobbleImportDto })
  async find(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleImportId,
  ): Promise<ScrobbleImportDto> {
    return this.withCounts(await this.imports.require(userId, id));
  }

  /** Records what the preview showed. */
  @Post('imports/:id/start')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleImportDto })
  async start(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleImportId,
    @Body() choice: StartImportDto,
  ): Promise<ScrobbleImportDto> {
    return this.withCounts(await this.imports.start(userId, id, choice));
  }

  /** Stops it. What has been recorded so far stays; DELETE takes that back too. */
  @Post('imports/:id/cancel')
  @HttpCode(200)
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleImportDto })
  async cancel(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleImportId,
  ): Promise<ScrobbleImportDto> {
    return this.withCounts(await this.imports.cancel(userId, id));
  }

  /** Takes the whole import back. What is at Last.fm already stays there, and in the history here. */
  @Delete('imports/:id')
  @Access('write')
  @ZodResponse({ status: 200, type: ScrobbleImportDto })
  async undo(
    @CurrentUserId() userId: UserId,
    @Param('id', RouteIdPipe) id: ScrobbleImportId,
  ): Promise<ScrobbleImportDto> {
    return this.withCounts(await this.imports.undo(userId, id));
  }

  private async withCounts(one: ScrobbleImport): Promise<ScrobbleImportDto> {
    return ScrobbleImportDto.of(one, await this.counter.count(one));
  }
}
