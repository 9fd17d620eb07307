import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { SecurityEventListDto, SecurityEventQueryDto } from './dto/security-event.dto.js';

@ApiTags('me')
@Controller('me/security-events')
export class SecurityEventsController {
  constructor(private readonly audit: AuditTrail) {}

  /** What happened to the safety of the account in the last year, newest first. */
  @Get()
  @Access('login')
  @ZodResponse({ status: 200, type: SecurityEventListDto })
  async list(
    @CurrentUserId() userId: UserId,
    @Query() { limit, offset }: SecurityEventQueryDto,
  ): Promise<SecurityEventListDto> {
    const { items, total } = await this.audit.list(userId, limit, offset);
    return SecurityEventListDto.of(items, total);
  }
}
