import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { NotificationDto, NotificationListDto, NotificationQueryDto } from './dto/notification.dto.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: NotificationListDto })
  async list(
    @CurrentUserId() userId: UserId,
    @Query() { limit, offset }: NotificationQueryDto,
  ): Promise<NotificationListDto> {
    const { items, total } = await this.notifications.list(userId, limit, offset);
    return { items: items.map((each) => NotificationDto.of(each)), total };
  }

  @Post('read')
  @HttpCode(204)
  @Access('write')
  @ApiNoContentResponse({ description: 'All are marked as read' })
  async markAllRead(@CurrentUserId() userId: UserId): Promise<void> {
    await this.notifications.markAllRead(userId);
  }
}
