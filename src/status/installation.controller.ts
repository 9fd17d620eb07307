import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';

import { Access } from '../common/http/access.decorator.js';
import { AppConfig } from '../config/app-config.js';
import { CallBudget } from '../modules/lastfm/index.js';

class InstallationDto extends createZodDto(
  z.object({
    lastfm: z.object({
      isSandbox: z.boolean().describe('True: scrobbles go to a stand-in on this machine, not to the real Last.fm'),
      origin: z.string().describe('Where Last.fm, or its stand-in, has its pages'),
      halt: z
        .object({ until: z.iso.datetime(), reason: z.string() })
        .nullable()
        .describe('Why nothing is sent to Last.fm at the moment, and until when; nothing is lost meanwhile'),
    }),
  }),
) {}

@ApiTags('health')
@Controller('installation')
export class InstallationController {
  constructor(
    private readonly config: AppConfig,
    private readonly callBudget: CallBudget,
  ) {}

  /** What every page has to know about this installation, such as that it runs on the sandbox, or that nothing is sent. */
  @Get()
  @Access('public')
  @ZodResponse({ status: 200, type: InstallationDto })
  async find(): Promise<InstallationDto> {
    const { isSandbox, authUrl } = this.config.lastfm;
    const halt = await this.callBudget.findHalt();
    return {
      lastfm: {
        isSandbox,
        origin: new URL(authUrl).origin,
        halt: halt && { until: halt.until.toISOString(), reason: halt.reason },
      },
    };
  }
}
