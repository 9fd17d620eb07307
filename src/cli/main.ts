import 'reflect-metadata';

import { existsSync } from 'node:fs';

import { CommanderError } from 'commander';

import { DomainError } from '../common/errors/domain-error.js';
import { AppConfig } from '../config/app-config.js';
import { ConfigurationError } from '../config/environment.js';
import { EmbeddedPostgresError } from '../embedded-postgres/index.js';
import { openApplication, type WithApplication } from './application.js';
import { CommandFailedError } from './command-failed-error.js';
import { createProgram } from './program.js';

const EXIT_FAILED = 1;
const EXIT_NOT_UNDERSTOOD = 2;
/** What a person can mend is said in a sentence; anything else with all we know. */
const WORDED = [CommandFailedError, ConfigurationError, DomainError, EmbeddedPostgresError];

const withApplication: WithApplication = async (work) => {
  const { app, close } = await openApplication(AppConfig.fromEnv(process.env));
  try {
    return await work(app);
  } finally {
    await close();
  }
};

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : EXIT_NOT_UNDERSTOOD; // its message has been written already
  }
  const isWorded = WORDED.some((kind) => error instanceof kind);
  process.stderr.write(isWorded ? `${(error as Error).message}\n` : '');
  if (!isWorded) {
    console.error(error);
  }
  return EXIT_FAILED;
}

if (existsSync('.env')) {
  process.loadEnvFile('.env');
}
try {
  await createProgram(withApplication).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
