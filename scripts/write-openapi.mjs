import 'reflect-metadata';

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

/** Writes openapi.json, or the file given, from the built server, without a database or anything else running. */
const { AppConfig } = await import('../dist/src/config/app-config.js');
const { AppModule } = await import('../dist/src/app.module.js');
const { createApp } = await import('../dist/src/create-app.js');
const { createOpenApiDocument } = await import('../dist/src/openapi.js');

const config = AppConfig.fromEnv({
  DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
  ENCRYPTION_KEYS: `any:${randomBytes(32).toString('base64')}`,
  LOG_LEVEL: 'error',
});
const app = await createApp(AppModule.with(config), { preview: true });
const target = process.argv[2] ?? new URL('../openapi.json', import.meta.url);
await writeFile(target, `${JSON.stringify(createOpenApiDocument(app), null, 2)}\n`);
process.exit(0);
