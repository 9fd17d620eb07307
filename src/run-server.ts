import { mkdir } from 'node:fs/promises';

import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigurationError } from './config/environment.js';
import { createApp } from './create-app.js';
import { ensureDemoAccount } from './demo-account.js';
import { ensureFirstAdmin } from './first-admin.js';
import { addDatabase, addKeys, type Closer } from './installation-parts.js';
import { migrateDatabase } from './migrate.js';
import { addSandboxes } from './sandbox-hosts.js';
import { withStartLock } from './start-lock.js';
import { startNotice } from './start-notice.js';

/** Starts what this installation consists of, floor first, serves it, and takes it down in the opposite order. */
export async function runServer(initial: AppConfig): Promise<void> {
  const closers: Closer[] = [];
  const shutDown = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      await close();
    }
  };
  stopOnSignals(shutDown);
  try {
    await start(initial, closers, shutDown);
  } catch (error) {
    await shutDown();
    throw error;
  }
}

async function start(initial: AppConfig, closers: Closer[], shutDown: Closer): Promise<void> {
  await mkdir(initial.dataDir, { recursive: true });
  const withDatabase = await addDatabase(initial, closers, (reason) => {
    process.stderr.write(`The embedded PostgreSQL is gone: ${reason}. Stopping; start again to recover.\n`);
    void shutDown().finally(() => process.exit(1));
  });
  const databaseUrl = withDatabase.requireDatabaseUrl();
  const config = await withStartLock(databaseUrl, async () => {
    await migrateDatabase(databaseUrl);
    return addSandboxes(await addKeys(withDatabase), closers);
  });
  const app = await createApp(AppModule.with(config), config);
  closers.push(() => app.close());
  const aboutAdmin = await ensureFirstAdmin(app, config);
  await listen(app, config);
  const demo = config.lastfm.isSandbox ? await withStartLock(databaseUrl, () => ensureDemoAccount(app, config)) : null;
  process.stdout.write(`${startNotice(config, demo)}${aboutAdmin}`);
}

async function listen(app: Awaited<ReturnType<typeof createApp>>, { host, port }: AppConfig): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new ConfigurationError([`PORT ${port} is used by another program. Stop it, or set PORT to a free one.`]);
    }
    throw error;
  }
}

/** The first Ctrl-C finishes what is under way; a second one, or a shutdown that hangs, ends the process. */
function stopOnSignals(shutDown: Closer): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      shutDown().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
