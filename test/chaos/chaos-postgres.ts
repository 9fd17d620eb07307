import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { DataFolder } from '../../src/embedded-postgres/data-folder.js';
import { databaseUrl } from '../../src/embedded-postgres/database-url.js';
import { accountFor, type OsAccount } from '../../src/embedded-postgres/os-account.js';
import { PostgresBinaries } from '../../src/embedded-postgres/postgres-binaries.js';
import { folderArgument, PostgresCluster } from '../../src/embedded-postgres/postgres-cluster.js';
import { readPostmasterFile } from '../../src/embedded-postgres/postmaster-file.js';
import { serverSettings } from '../../src/embedded-postgres/server-settings.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/server-process.js';

/** Survives the end of PostgreSQL, though not a power cut; that is not what is tested here. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '100' };

/** A PostgreSQL of the suite's own that can be stopped without a word and started again, in the same place. */
export class ChaosPostgres {
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: DataFolder,
    private readonly binaries: PostgresBinaries,
    private readonly account: OsAccount | null,
    private readonly port: number,
  ) {}

  static async start(): Promise<ChaosPostgres> {
    const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'universal-scrobbler-chaos-'));
    fs.chmodSync(parent, 0o711);
    const folder = DataFolder.claim(path.join(parent, 'postgres'));
    const account = accountFor(folder);
    const binaries = PostgresBinaries.prepare(folder, account);
    const cluster = new PostgresCluster(folder, binaries, account);
    await cluster.create(false);
    const port = await freePort();
    cluster.writeSettings(serverSettings(port, SETTINGS));
    const postgres = new ChaosPostgres(folder, binaries, account, port);
    await postgres.launch();
    return postgres;
  }

  async createDatabase(name: string): Promise<string> {
    await this.query('postgres', `create database ${name}`);
    return this.url(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.query('postgres', `drop database ${name} with (force)`);
  }

  async query<Row extends pg.QueryResultRow>(database: string, sql: string, params: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query<Row>(sql, params)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends it as an operator in a hurry does (immediate): nothing is written out, connections just end. */
  async crash(): Promise<void> {
    await this.end('SIGQUIT');
  }

  /** Recovers from its log, on the same port. */
  async launch(): Promise<void> {
    const log = this.folder.openLog(this.folder.serverLog);
    const server = spawn(this.binaries.program('postgres'), ['-D', folderArgument(this.account, this.folder.cluster)], {
      ...(this.account ?? {}),
      cwd: this.folder.cluster,
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    this.server = server;
    await eventually(
      () => readPostmasterFile(this.folder.cluster),
      (file) => file?.pid === server.pid && file?.isReady === true,
      60_000,
    );
  }

  async stop(): Promise<void> {
    await this.end('SIGINT');
    fs.rmSync(path.dirname(this.folder.path), { recursive: true, force: true, maxRetries: 5 });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { server } = this;
    if (server?.exitCode === null && server.signalCode === null) {
      server.kill(signal);
      await once(server, 'exit');
    }
  }

  private url(database: string): string {
    return databaseUrl(this.port, this.folder.readPassword(), database);
  }
}
