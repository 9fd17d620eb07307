import { Module } from '@nestjs/common';

import { AuthModule } from '../src/modules/auth/index.js';
import { PanelController } from './panel.controller.js';
import { Panel } from './panel.service.js';

/** The administration panel at `/admin`. */
@Module({ imports: [AuthModule], controllers: [PanelController], providers: [Panel] })
export class AdminModule {}
