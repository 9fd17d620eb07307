import { Module } from '@nestjs/common';

import { AuthModule } from '../auth/index.js';
import { ScrobblingModule } from '../scrobbling/index.js';
import { AnalyticsData } from './analytics-data.js';
import { AnalyticsController } from './analytics.controller.js';
import { CountListening } from './counting/count-listening.task.js';
import { ListeningCounts } from './counting/listening-counts.service.js';
import { CountedPeriods } from './reading/counted-periods.service.js';
import { ListeningFacts } from './reading/listening-facts.js';
import { Statistics } from './reading/statistics.service.js';

@Module({
  // Scrobbling first: what becomes of a user's ledger is counted after it has happened.
  imports: [AuthModule, ScrobblingModule],
  controllers: [AnalyticsController],
  providers: [AnalyticsData, CountListening, CountedPeriods, ListeningCounts, ListeningFacts, Statistics],
})
export class AnalyticsModule {}
