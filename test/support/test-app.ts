import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';

import { LastfmSandbox } from '../../sandbox/lastfm/index.js';
import { AppModule } from '../../src/app.module.js';
import { Clock } from '../../src/common/clock.js';
import { AppConfig } from '../../src/config/app-config.js';
import { adapter, configureApp } from '../../src/create-app.js';
import { JobWorker } from '../../src/jobs/job-worker.service.js';
import { DeliveryDispatcher } from '../../src/modules/scrobbling/delivery/delivery-dispatcher.service.js';
import { RunTicker } from '../../src/modules/scrobbling/runs/run-ticker.service.js';
import { PlaybackDecider } from '../../src/modules/voice/playbacks/playback-decider.service.js';
import { RoomAnnouncements } from '../../src/modules/voice/playbacks/room-announcements.service.js';
import { Factory, type TestUser } from '../factories/factory.js';
import { GENEROUS_LIMITS } from './generous-limits.js';
import { FixedClock } from './fixed-clock.js';
import { TestClient } from './test-client.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { refuseOffences, UNWATCHED, watchTransitions } from './watched-transitions.js';

/** PostgreSQL's number for it. */
const DEADLOCK_DETECTED = '40P01';
const API_KEY = 'a'.repeat(32);
const API_SECRET = 'b'.repeat(32);

/** The whole application on a database of its own; only time and the hosts outside are stood in for. */
export class TestApp {
  readonly create: Factory;

  private constructor(
    private app: NestFastifyApplication,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly database: TestDatabase | null,
    private address: string,
    readonly clock: FixedClock,
    readonly lastfm: LastfmSandbox,
  ) {
    this.create = new Factory(address, lastfm);
  }

  /**
   * @param env further variables, for a test about one of them
   * @param controllers routes of the test's own, for a test about what holds for any route
   */
  static async start(env: NodeJS.ProcessEnv = {}, controllers: Array<Type<object>> = []): Promise<TestApp> {
    const clock = new FixedClock();
    const database = await createTestDatabase();
    const lastfm = await LastfmSandbox.start({ apiKey: API_KEY, apiSecret: API_SECRET, now: () => clock.now() });
    const environment = {
      NODE_ENV: 'test',
      ...GENEROUS_LIMITS,
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
      LASTFM_API_KEY: API_KEY,
      LASTFM_API_SECRET: API_SECRET,
      LASTFM_API_URL: lastfm.apiUrl,
      LASTFM_AUTH_URL: lastfm.authUrl,
      LASTFM_CALLS_PER_SECOND: '1000',
      LASTFM_CALL_BURST: '100000',
      ...env,
    };
    const { app, origin } = await listen(environment, clock, controllers);
    await watchTransitions(app.get(DataSource));
    return new TestApp(app, environment, database, origin, clock, lastfm);
  }

  /** Another replica on the same database, with the same clock and Last.fm. Stop it before this one. */
  async startReplica(): Promise<TestApp> {
    const { app, origin } = await listen(this.environment, this.clock);
    return new TestApp(app, this.environment, null, origin, this.clock, this.lastfm);
  }

  /** As after a stop and a start: what is only in memory is gone. */
  async restart(): Promise<void> {
    await this.app.close();
    const { app, origin } = await listen(this.environment, this.clock);
    this.app = app;
    this.address = origin;
  }

  get origin(): string {
    return this.address;
  }

  /** Someone with a personal token that may do everything. */
  as(user: Pick<TestUser, 'token'>): TestClient {
    return new TestClient(this.origin, { authorization: `Bearer ${user.token}` });
  }

  /** A browser of its own, not signed in. */
  browser(): TestClient {
    return new TestClient(this.origin);
  }

  /** Lets the runs whose time has come record their plays. */
  async tick(): Promise<void> {
    await this.app.get(RunTicker).tick();
  }

  /** Decides on whatever voice channels have heard enough of, once what was to be announced is. */
  async decide(): Promise<void> {
    await this.app.get(RoomAnnouncements).settle();
    await this.app.get(PlaybackDecider).tick();
  }

  /** Sends whatever can be sent at this moment. */
  async deliver(): Promise<void> {
    await this.app.get(DeliveryDispatcher).drain();
  }

  async doJobs(): Promise<void> {
    await this.app.get(JobWorker).drain();
  }

  get<Service>(service: abstract new (...args: never[]) => Service): Service {
    return this.app.get(service);
  }

  /** Runs the work while the database cannot be reached. */
  async withoutDatabase(work: () => Promise<void>): Promise<void> {
    await this.database?.whileGone(work);
  }

  /** A statement of the test's own; it may write what the application may not. */
  sql<Row>(text: string, params: unknown[] = []): Promise<Row[]> {
    return this.app.get(DataSource).transaction(async (manager) => {
      await manager.query(UNWATCHED);
      return manager.query(text, params);
    });
  }

  /** Where people open the application, as far as it knows. */
  get publicOrigin(): string {
    return this.app.get(AppConfig).publicUrl;
  }

  /** Where it keeps its data; for processes of the test's own. */
  get databaseUrl(): string {
    return this.environment['DATABASE_URL'] ?? '';
  }

  /** The keys it seals with; for processes of the test's own. */
  get keys(): NodeJS.ProcessEnv {
    return { ENCRYPTION_KEYS: this.environment['ENCRYPTION_KEYS'] };
  }

  get nest(): NestFastifyApplication {
    return this.app;
  }

  /** Back to an empty database, the first moment and a well-behaved Last.fm. Every row hangs off a user, a playback or a server. */
  async reset(): Promise<void> {
    await this.app.get(RoomAnnouncements).settle();
    await this.empty();
    this.clock.reset();
    await this.sql('update lastfm_call_budget set next_free_at = $1, halted_until = null', [this.clock.now()]);
    this.lastfm.reset();
    await refuseOffences(this.app.get(DataSource));
  }

  /** What still goes on in the background may hold rows crosswise to this: PostgreSQL ends one of the two. */
  private async empty(): Promise<void> {
    try {
      await this.sql('truncate app_user, playback, guild_settings, rate_limit_window cascade');
    } catch (error) {
      if ((error as { code?: unknown }).code !== DEADLOCK_DETECTED) {
        throw error;
      }
      await this.empty();
    }
  }

  async stop(): Promise<void> {
    try {
      if (this.database) {
        await refuseOffences(this.app.get(DataSource));
      }
    } finally {
      await this.app.close();
      if (this.database) {
        await this.lastfm.close();
        await this.database.drop();
      }
    }
  }
}

async function listen(
  env: NodeJS.ProcessEnv,
  clock: Clock,
  controllers: Array<Type<object>> = [],
): Promise<{ app: NestFastifyApplication; origin: string }> {
  const config = AppConfig.fromEnv(env).with({ isScheduled: false });
  const moduleRef = await Test.createTestingModule({ imports: [AppModule.with(config)], controllers })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = moduleRef.createNestApplication<NestFastifyApplication>(adapter(config.trustedProxies), {
    logger: false,
  });
  await configureApp(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, origin: `http://127.0.0.1:${port}` };
}
