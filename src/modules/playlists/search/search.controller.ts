import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { SearchQueryDto, SearchResultDto } from './dto/search.dto.js';
import { UniversalSearch } from './universal-search.service.js';

@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly search: UniversalSearch) {}

  @Get()
  @Access('read')
  @ApiOperation({
    summary: 'Search for a track in your playlists and at every platform at once',
    description: 'A platform that does not answer in time is named, and left out.',
  })
  @ZodResponse({ status: 200, type: SearchResultDto })
  async find(
    @CurrentUserId() userId: UserId,
    @Query() { q, platform, limit }: SearchQueryDto,
  ): Promise<SearchResultDto> {
    return SearchResultDto.of(await this.search.search({ userId, text: q, limit }, platform));
  }
}
