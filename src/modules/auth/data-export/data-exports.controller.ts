import { Controller, Delete, Get, Header, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { DataExports } from './data-exports.service.js';
import { DataExportDto } from './dto/data-export.dto.js';

@ApiTags('me')
@Controller('me/export')
export class DataExportsController {
  constructor(private readonly exports: DataExports) {}

  /** Has a file made with everything that is kept about the caller. Asked again meanwhile, it is the same one. */
  @Post()
  @HttpCode(202)
  @Access('login')
  @ZodResponse({ status: 202, type: DataExportDto })
  async start(@CurrentUserId() userId: UserId): Promise<DataExportDto> {
    return DataExportDto.of(await this.exports.start(userId));
  }

  /** How far it is; `/events` says `data-export` whenever this has changed. */
  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: DataExportDto })
  async show(@CurrentUserId() userId: UserId): Promise<DataExportDto> {
    return DataExportDto.of(await this.exports.require(userId));
  }

  /** A zip of JSON and CSV. */
  @Get('file')
  @Access('login')
  @Header('cache-control', 'no-store')
  @ApiProduces('application/zip')
  @ApiOkResponse({ description: 'The file', schema: { type: 'string', format: 'binary' } })
  async download(@CurrentUserId() userId: UserId): Promise<StreamableFile> {
    const { made, file } = await this.exports.open(userId);
    const day = made.requestedAt.toISOString().slice(0, 10);
    return new StreamableFile(file, {
      type: 'application/zip',
      disposition: `attachment; filename="universal-scrobbler-${day}.zip"`,
      length: Number(made.sizeBytes),
    });
  }

  @Delete()
  @HttpCode(204)
  @Access('login')
  @ApiNoContentResponse({ description: 'It is deleted, also while it is being made' })
  async delete(@CurrentUserId() userId: UserId): Promise<void> {
    await this.exports.delete(userId);
  }
}
