import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  HealthCheckService,
  type HealthIndicatorResult,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
} from '@nestjs/terminus';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';

import { Access } from '../common/http/access.decorator.js';
import { RateLimit } from '../common/http/rate-limit.decorator.js';
import { CallBudget } from '../modules/lastfm/index.js';
import { NotReadyError } from './status.errors.js';

const DATABASE_TIMEOUT_MS = 2_000;

const details = z.record(z.string(), z.object({ status: z.literal('up') }));

class HealthDto extends createZodDto(
  z.object({ status: z.literal('ok'), details: details.describe('What was looked at, by name') }),
) {}

@ApiTags('health')
@Controller('health')
@Access('public')
@RateLimit('none')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly callBudget: CallBudget,
  ) {}

  /** The process answers. */
  @Get('live')
  @HealthCheck({ noCache: true })
  @ZodResponse({ status: 200, type: HealthDto })
  live(): HealthDto {
    return { status: 'ok', details: {} };
  }

  /**
   * It can do its work: the database answers, and Last.fm does not refuse our key. That it asked us to slow down passes,
   * and nothing is lost meanwhile.
   */
  @Get('ready')
  @HealthCheck({ noCache: true })
  @ZodResponse({ status: 200, type: HealthDto })
  async ready(): Promise<HealthDto> {
    try {
      const { details: found } = await this.health.check([
        () => this.database.pingCheck('database', { timeout: DATABASE_TIMEOUT_MS }),
        () => this.checkLastfm(),
      ]);
      return HealthDto.create({ status: 'ok', details: found });
    } catch (error) {
      throw error instanceof ServiceUnavailableException ? NotReadyError.from(error.getResponse()) : error;
    }
  }

  private async checkLastfm(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('lastfm');
    try {
      const halt = await this.callBudget.findHalt();
      return halt?.needsOperator
        ? indicator.down(`Nothing is sent until ${halt.until.toISOString()}: ${halt.reason}`)
        : indicator.up();
    } catch {
      return indicator.down('Whether it takes our calls is written in the database, which does not answer.');
    }
  }
}
