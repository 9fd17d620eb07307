import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';

import { Access } from '../../../common/http/access.decorator.js';
import { CurrentUserId } from '../../../common/http/current-user.decorator.js';
import type { UserId } from '../../../common/ids.js';
import { BudgetReports } from './budget-reports.service.js';
import { DailyBudgetDto } from './dto/daily-budget.dto.js';

@ApiTags('scrobbles')
@Controller('scrobbles/budget')
export class DailyBudgetController {
  constructor(private readonly reports: BudgetReports) {}

  /** What the Last.fm account has had today, what is left, and when the run pauses for it. */
  @Get()
  @Access('read')
  @ZodResponse({ status: 200, type: DailyBudgetDto })
  async report(@CurrentUserId() userId: UserId): Promise<DailyBudgetDto> {
    return DailyBudgetDto.of(await this.reports.report(userId));
  }
}
