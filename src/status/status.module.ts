import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { LastfmModule } from '../modules/lastfm/index.js';
import { HealthController } from './health.controller.js';
import { InstallationController } from './installation.controller.js';

/** What an operator, or a page, asks about the installation as a whole. */
@Module({ imports: [TerminusModule, LastfmModule], controllers: [HealthController, InstallationController] })
export class StatusModule {}
