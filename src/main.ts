import 'reflect-metadata';

import { existsSync } from 'node:fs';

import { AppConfig } from './config/app-config.js';
import { ConfigurationError } from './config/environment.js';
import { EmbeddedPostgresError } from './embedded-postgres/index.js';
import { runServer } from './run-server.js';

if (existsSync('.env')) {
  process.loadEnvFile('.env');
}

try {
  await runServer(AppConfig.fromEnv(process.env));
} catch (error) {
  // What a person can mend is said in a sentence; anything else with all we know.
  if (error instanceof ConfigurationError || error instanceof EmbeddedPostgresError) {
    process.stderr.write(`\nUniversal Scrobbler cannot start.\n${error.message}\n`);
  } else {
    console.error(error);
  }
  process.exit(1);
}
