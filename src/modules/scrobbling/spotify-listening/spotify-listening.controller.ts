import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { SpotifyListeningDto, SwitchListeningDto } from './dto/spotify-listening.dto.js';
import { SpotifyListenings } from './spotify-listenings.service.js';

@ApiTags('platforms')
@Controller('platforms/spotify/listening')
export class SpotifyListeningController {
  constructor(private readonly listenings: SpotifyListenings) {}

  @Get()
  @Access('read')
  @ApiOperation({ summary: 'Whether what you hear at Spotify is scrobbled' })
  @ZodResponse({ status: 200, type: SpotifyListeningDto })
  async find(@CurrentUserId() userId: UserId): Promise<SpotifyListeningDto> {
    return SpotifyListeningDto.of(await this.listenings.find(userId));
  }

  @Put()
  @Access('write')
  @ApiOperation({ summary: 'Have what you hear at Spotify scrobbled from now on, or no longer' })
  @ZodResponse({ status: 200, type: SpotifyListeningDto })
  async switch(@CurrentUserId() userId: UserId, @Body() { enabled }: SwitchListeningDto): Promise<SpotifyListeningDto> {
    return SpotifyListeningDto.of(await this.listenings.switch(userId, enabled));
  }
}
