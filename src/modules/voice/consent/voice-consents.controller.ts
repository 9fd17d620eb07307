import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { ChooseConsentDto, ConsentLogDto, PausedTonightDto, VoiceConsentsDto } from './dto/voice-consent.dto.js';
import { VoiceConsents } from './voice-consents.service.js';

/** From where the signed-in user wants scrobbles of voice channels. */
@ApiTags('voice')
@Controller('voice/consents')
export class VoiceConsentsController {
  constructor(private readonly consents: VoiceConsents) {}

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: VoiceConsentsDto })
  async list(@CurrentUserId() userId: UserId): Promise<VoiceConsentsDto> {
    return VoiceConsentsDto.of(await this.consents.list(userId));
  }

  @Put()
  @Access('write')
  @ZodResponse({ status: 200, type: VoiceConsentsDto })
  async choose(@CurrentUserId() userId: UserId, @Body() choice: ChooseConsentDto): Promise<VoiceConsentsDto> {
    await this.consents.choose(userId, ChooseConsentDto.placeOf(choice), choice.isAllowed);
    return this.list(userId);
  }

  /** "Not tonight": nothing until six in the morning, in the user's own time zone. */
  @Put('tonight')
  @Access('write')
  @ZodResponse({ status: 200, type: PausedTonightDto })
  async pauseTonight(@CurrentUserId() userId: UserId): Promise<PausedTonightDto> {
    return { pausedUntil: (await this.consents.pauseTonight(userId)).toISOString() };
  }

  @Delete('tonight')
  @HttpCode(204)
  @Access('write')
  @ApiNoContentResponse({ description: 'Scrobbles are wanted again' })
  async resumeTonight(@CurrentUserId() userId: UserId): Promise<void> {
    await this.consents.resumeTonight(userId);
  }

  /** What was allowed and forbidden, the latest first. */
  @Get('log')
  @Access('read')
  @ZodResponse({ status: 200, type: ConsentLogDto })
  async listChanges(@CurrentUserId() userId: UserId): Promise<ConsentLogDto> {
    return ConsentLogDto.of(await this.consents.listChanges(userId));
  }
}
