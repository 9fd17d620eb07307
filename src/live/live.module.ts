import { Module } from '@nestjs/common';

import { LiveController } from './live.controller.js';

/** The one stream that browsers listen to; what it carries comes from every module. */
@Module({ controllers: [LiveController] })
export class LiveModule {}
