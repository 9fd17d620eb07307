import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { ModulesContainer, Reflector } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DataSource } from 'typeorm';

import { PanelController } from '../admin/panel.controller.js';
import { ACCESS_RULE, type AccessRule } from '../src/common/http/access.decorator.js';
import { createOpenApiDocument } from '../src/openapi.js';
import { describeSchema, describeSchemaOfEntities } from './support/schema.js';
import { TestApp } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

/** Tables without an entity: they are read and written by SQL alone. */
const TABLES_WITHOUT_ENTITY = [
  'applied_migration',
  'job_worker',
  'listening_change',
  'listening_count',
  'listening_statistics',
  'rate_limit_window',
];

describe('what the project promises about itself', () => {
  let app: TestApp;
  let empty: TestDatabase;
  let ofEntities: string[];

  beforeAll(async () => {
    app = await TestApp.start();
    empty = await createTestDatabase({ isMigrated: false });
    ofEntities = await describeSchemaOfEntities(app.get(DataSource), empty.url);
  });

  afterAll(async () => {
    await app.stop();
    await empty.drop();
  });

  const operations = () =>
    Object.entries(createOpenApiDocument(app.nest).paths).flatMap(([address, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${address}`,
        responses: Object.entries(operation.responses as Record<string, { content?: object }>),
      })),
    );

  const routes = () =>
    [...app.get(ModulesContainer).values()]
      .flatMap(({ controllers }) => [...controllers.values()])
      .flatMap(({ metatype }) => {
        const controller = metatype as (new () => object) & { prototype: Record<string, () => unknown> };
        return Object.getOwnPropertyNames(controller.prototype)
          .map((name) => controller.prototype[name]!)
          .filter(
            (handler) => Reflect.hasMetadata(PATH_METADATA, handler) && Reflect.hasMetadata(METHOD_METADATA, handler),
          )
          .map((handler) => ({ controller, handler, name: `${controller.name}.${handler.name}` }));
      });

  describe('entities and migrations', () => {
    const ofMigrations = async (database: Parameters<typeof describeSchema>[0]) =>
      (await describeSchema(database)).filter((line) => !TABLES_WITHOUT_ENTITY.includes(line.split(' ')[0]!));

    it('agree in every column, index and constraint', async () => {
      expect(ofEntities.length).toBeGreaterThan(100);
      expect(await ofMigrations(app.get(DataSource))).toEqual(ofEntities);
    });

    it.each([
      { difference: 'a column that only the entity has', sql: 'alter table playlist drop column category' },
      { difference: 'such a column of a partitioned table', sql: 'alter table scrobble drop column album' },
      { difference: 'a column that only the table has', sql: 'alter table playlist add column mood text' },
      { difference: 'another type', sql: 'alter table playlist alter column version type bigint' },
      { difference: 'a column that may be empty', sql: 'alter table delivery alter column attempts drop not null' },
      { difference: 'a missing index', sql: 'drop index one_active_run_per_user' },
      {
        difference: 'another condition of a partial index',
        sql: `drop index one_active_run_per_user;
              create unique index one_active_run_per_user on scrobble_run (user_id) where state = 'running'`,
      },
      {
        difference: 'an index that is no longer unique',
        sql: 'drop index one_user_per_lastfm_username; create index one_user_per_lastfm_username on lastfm_account (username_key)',
      },
      { difference: 'a missing foreign key', sql: 'alter table identity drop constraint identity_user_id_fkey' },
    ])('do not agree with $difference', async ({ sql }) => {
      const runner = app.get(DataSource).createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.query(sql);
        expect(await ofMigrations(runner)).not.toEqual(ofEntities);
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    });

    it('leave TypeORM nothing to change', async () => {
      const { upQueries } = await app.get(DataSource).driver.createSchemaBuilder().log();

      expect(upQueries.map(({ query }) => query)).toEqual([]);
    });

    it('keep the ledger partitioned by user', async () => {
      const partitions = await app.sql<{ parent: string; n: number }>(
        `select inhparent::regclass::text as parent, count(*)::int as n from pg_inherits
           join pg_class on oid = inhrelid where relkind = 'r' group by 1 order by 1`,
      );

      expect(partitions).toEqual([
        { parent: 'delivery', n: 16 },
        { parent: 'scrobble', n: 16 },
      ]);
    });
  });

  describe('the description of the API', () => {
    it('is openapi.json as it lies in the repository; when it is not: npm run openapi', async () => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'openapi-'));
      const fresh = path.join(folder, 'openapi.json');
      try {
        // From the built server, as `npm run openapi` does it: the compiler of the tests names fewer types.
        await promisify(execFile)(process.execPath, ['scripts/write-openapi.mjs', fresh]);

        expect(JSON.parse(await readFile('openapi.json', 'utf8'))).toEqual(JSON.parse(await readFile(fresh, 'utf8')));
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it('holds every route', () => {
      // But those of the panel: they belong to its own pages, and are promised to nobody.
      const promised = routes().filter(({ controller }) => controller !== PanelController);

      expect(operations()).toHaveLength(promised.length);
    });

    it('has a schema for the body of every successful answer that has one', () => {
      const undescribed = operations()
        .filter(({ responses }) =>
          responses.some(
            ([status, { content }]) =>
              /^2/.test(status) && status !== '204' && !JSON.stringify(content ?? {}).includes('"schema"'),
          ),
        )
        .map(({ name }) => name);

      expect(undescribed).toEqual([]);
    });

    it('says of every operation how it succeeds, and that it fails with a problem document', () => {
      for (const { name, responses } of operations()) {
        expect([name, responses.some(([status]) => /^[23]/.test(status))]).toEqual([name, true]);
        const problems = responses
          .filter(([status]) => !/^[23]/.test(status))
          .map(([, { content = {} }]) => Object.keys(content));
        expect([name, ...problems]).toEqual([name, ...problems.map(() => ['application/problem+json'])]);
        expect(problems.length).toBeGreaterThan(0);
      }
    });
  });

  it('says for every route who may call it', () => {
    const reflector = app.get(Reflector);
    const open = routes().filter(
      ({ controller, handler }) => !reflector.getAllAndOverride(ACCESS_RULE, [handler, controller]),
    );

    expect(routes().length).toBeGreaterThan(30);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('lets nobody in without credentials but where it says `public`', async () => {
    const reflector = app.get(Reflector);
    const rulesOf = new Map(
      routes().map(({ controller, handler }) => [
        `${controller.name.replace(/Controller$/, '')}_${handler.name}`,
        reflector.getAllAndOverride<readonly AccessRule[]>(ACCESS_RULE, [handler, controller]),
      ]),
    );
    for (const [template, methods] of Object.entries(createOpenApiDocument(app.nest).paths)) {
      for (const [method, { operationId }] of Object.entries(methods as Record<string, { operationId: string }>)) {
        const rules = rulesOf.get(operationId) ?? [];
        if (!rules.includes('public')) {
          const address = template.replace('/api', '').replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000');
          const { status, body } = await app.browser().request(method.toUpperCase(), address);
          const code = rules.every((rule) => rule === 'bot') ? 'bot_key_required' : 'not_signed_in';
          expect([operationId, status, body.code]).toEqual([operationId, 401, code]);
        }
      }
    }
  });
});
