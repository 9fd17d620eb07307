import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoggerModule } from 'nestjs-pino';
import { ZodSerializerInterceptor, ZodValidationPipe } from 'nestjs-zod';
import { z } from 'zod';

import { AdminModule } from '../admin/admin.module.js';
import { CommonModule } from './common/common.module.js';
import { PostgresNamingStrategy } from './common/database/postgres-naming.strategy.js';
import { wordIssue } from './common/http/input-problems.js';
import { ProblemDetailsFilter } from './common/http/problem-details.filter.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import { EventsModule } from './events/events.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { loggerOptions } from './logger-options.js';
import { AnalyticsModule } from './modules/analytics/index.js';
import { AuthModule } from './modules/auth/index.js';
import { LastfmModule } from './modules/lastfm/index.js';
import { LiveModule } from './live/live.module.js';
import { PlatformsModule } from './modules/platforms/index.js';
import { PlaylistsModule } from './modules/playlists/index.js';
import { ScrobblingModule } from './modules/scrobbling/index.js';
import { MusicQueueModule, VoiceModule } from './modules/voice/index.js';
import { StatusModule } from './status/status.module.js';

// The validation pipe hands no words of ours to zod; messages that a schema has itself stay as they are.
z.config({ customError: wordIssue });

@Module({})
export class AppModule {
  static with(config: AppConfig): DynamicModule {
    const { isScheduled } = config;
    const hasBot = config.has('bot') && config.discord.bot !== null;
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        CommonModule,
        LoggerModule.forRoot(loggerOptions(config)),
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: config.requireDatabaseUrl(),
          poolSize: config.databasePoolSize,
          extra: { connectionTimeoutMillis: 10_000, lock_timeout: 20_000, idle_in_transaction_session_timeout: 60_000 },
          autoLoadEntities: true,
          namingStrategy: new PostgresNamingStrategy(),
        }),
        ScheduleModule.forRoot({ intervals: isScheduled, cronJobs: isScheduled, timeouts: isScheduled }),
        JobsModule,
        EventsModule,
        LastfmModule,
        AuthModule,
        PlatformsModule,
        PlaylistsModule,
        ScrobblingModule,
        AnalyticsModule,
        VoiceModule,
        MusicQueueModule,
        LiveModule,
        AdminModule,
        StatusModule,
        // Discord's library is read only where there is a bot: it costs every other process time and memory.
        ...(hasBot
          ? [import('./modules/discord-bot/index.js').then(({ DiscordBotModule: bot }) => bot.with(config))]
          : []),
      ],
      providers: [
        { provide: APP_PIPE, useClass: ZodValidationPipe },
        { provide: APP_INTERCEPTOR, useClass: ZodSerializerInterceptor },
        { provide: APP_FILTER, useClass: ProblemDetailsFilter },
      ],
    };
  }
}
