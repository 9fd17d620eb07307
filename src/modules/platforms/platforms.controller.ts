import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../common/http/access.decorator.js';
import { CurrentUserId } from '../../common/http/current-user.decorator.js';
import type { UserId } from '../../common/ids.js';
import { PlatformListDto, SpotifyPlaylistListDto } from './dto/platforms.dto.js';
import { PlatformStandings } from './platform-standings.service.js';
import { SpotifyAccounts } from './spotify/spotify-accounts.service.js';
import { SpotifyPlaylists } from './spotify/spotify-playlists.service.js';

@ApiTags('platforms')
@Controller('platforms')
export class PlatformsController {
  constructor(
    private readonly standings: PlatformStandings,
    private readonly accounts: SpotifyAccounts,
    private readonly spotify: SpotifyPlaylists,
  ) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'Where playlists can come from, and how you stand with each' })
  @ZodResponse({ status: 200, type: PlatformListDto })
  async list(@CurrentUserId() userId: UserId): Promise<PlatformListDto> {
    return PlatformListDto.of(await this.standings.of(userId));
  }

  @Get('spotify/playlists')
  @Access('read')
  @ApiOperation({ summary: 'Your own and collaborative playlists at Spotify' })
  @ZodResponse({ status: 200, type: SpotifyPlaylistListDto })
  async playlists(@CurrentUserId() userId: UserId): Promise<SpotifyPlaylistListDto> {
    return SpotifyPlaylistListDto.of(await this.spotify.list(userId));
  }

  @Delete('spotify')
  @HttpCode(204)
  @Access('write')
  @ApiNoContentResponse({ description: 'The account and its tokens are forgotten; what was imported stays' })
  async disconnect(@CurrentUserId() userId: UserId): Promise<void> {
    await this.accounts.disconnect(userId);
  }
}
