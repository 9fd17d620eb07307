import { ConsoleLogger, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from '../app.module.js';
import type { AppConfig } from '../config/app-config.js';
import { addDatabase, addKeys, type Closer } from '../installation-parts.js';
import { migrateDatabase } from '../migrate.js';
import { withStartLock } from '../start-lock.js';

/** Runs the work on the application and takes it down again. */
export type WithApplication = <Result>(work: (app: INestApplicationContext) => Promise<Result>) => Promise<Result>;

/**
 * The application without HTTP, jobs, ticker and dispatcher, beside a running server or alone. It starts no sandbox: in
 * sandbox mode it knows the one a running server has.
 */
export async function openApplication(
  initial: AppConfig,
): Promise<{ app: INestApplicationContext; close: () => Promise<void> }> {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) {
      await closer();
    }
  };
  try {
    const withDatabase = await addDatabase(initial, closers, (reason) => {
      process.stderr.write(`The embedded PostgreSQL is gone: ${reason}. Run the command again.\n`);
      process.exit(1);
    });
    const databaseUrl = withDatabase.requireDatabaseUrl();
    const config = await withStartLock(databaseUrl, async () => {
      await migrateDatabase(databaseUrl);
      return addKeys(withDatabase);
    });
    const app = await NestFactory.createApplicationContext(AppModule.with(asCommand(config)), {
      logger: new ConsoleLogger({ logLevels: ['fatal', 'error', 'warn'], forceConsole: true }),
      abortOnError: false,
    });
    closers.push(() => app.close());
    return { app, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing that runs by itself, and never the real Last.fm with the sandbox's credentials. */
function asCommand(config: AppConfig): AppConfig {
  const { lastfm, sandboxPort } = config;
  const sandbox = {
    apiUrl: `http://127.0.0.1:${sandboxPort}/2.0/`,
    authUrl: `http://127.0.0.1:${sandboxPort}/api/auth/`,
  };
  return config.with({
    isScheduled: false,
    roles: [],
    lastfm: lastfm.isSandbox ? { ...lastfm, ...sandbox } : lastfm,
  });
}
