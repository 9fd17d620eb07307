import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { RecapDto, RecapQueryDto, RoomListDto } from './dto/room.dto.js';
import { Rooms } from './rooms.service.js';

/** The Discord servers in which the signed-in user hears music. */
@ApiTags('voice')
@Controller('voice/rooms')
@Access('read')
export class RoomsController {
  constructor(private readonly rooms: Rooms) {}

  @Get()
  @ZodResponse({ status: 200, type: RoomListDto })
  async list(@CurrentUserId() userId: UserId): Promise<RoomListDto> {
    return RoomListDto.of(await this.rooms.list(userId));
  }

  /** What played there while you were there, in the order in which it first played, and for how many: never for whom. */
  @Get(':guildId/recap')
  @ZodResponse({ status: 200, type: RecapDto })
  async recap(
    @CurrentUserId() userId: UserId,
    @Param('guildId') guildId: string,
    @Query() { channelId, since }: RecapQueryDto,
  ): Promise<RecapDto> {
    const query = { guildId, channelId: channelId ?? null, since: RecapQueryDto.startOf(since) };
    return RecapDto.of(await this.rooms.recapFor(userId, query));
  }
}
