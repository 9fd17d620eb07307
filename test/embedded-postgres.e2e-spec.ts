import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Client } from 'pg';

import type * as EmbeddedPostgresModule from '../src/embedded-postgres/index.js';
import {
  clearUp,
  compiled,
  fast,
  Holder,
  installation,
  isAlive,
  keeperPid,
  serverPid,
  temporaryFolder,
  until,
} from './support/embedded-postgres-processes.js';

const door = pathToFileURL(path.join(compiled, 'index.js')).href;
const { EmbeddedPostgresError, startEmbeddedPostgres } = (await import(door)) as typeof EmbeddedPostgresModule;

const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
/** Not where the checkout lies in root's own home. */
const nobodyCanReadUs =
  isRoot &&
  spawnSync(process.execPath, ['--input-type=module', '-e', `await import('${door}')`], {
    ...nobody,
    cwd: '/',
    stdio: 'ignore',
  }).status === 0;
const onUnix = process.platform === 'win32' ? it.skip : it;
const asRoot = isRoot && process.platform === 'linux' ? it : it.skip;
const asNobody = nobodyCanReadUs && process.platform === 'linux' ? it : it.skip;

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A folder with a stopped cluster that holds one row. */
async function folderWithData(): Promise<string> {
  const dataDir = path.join(temporaryFolder(), 'postgres');
  const postgres = await startEmbeddedPostgres({ dataDir, settings: fast });
  await query(postgres.url, "create table kept as select 'yes' as is_there");
  await postgres.release();
  return dataDir;
}

const rowIsThere = [{ is_there: 'yes' }];
const readRow = (url: string): Promise<Record<string, unknown>[]> => query(url, 'select is_there from kept');

function snapshot(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .map((name) => path.join(folder, name))
    .map((file) => `${file} ${fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8') : ''}`)
    .sort();
}

afterEach(clearUp);

describe('the embedded PostgreSQL', () => {
  it('starts in a folder with any name, keeps its data over a restart, and stops with the last release', async () => {
    const dataDir = path.join(temporaryFolder(), 'Été, 音楽 & more', 'postgres');
    const first = await startEmbeddedPostgres({ dataDir, settings: fast });
    const pid = serverPid(dataDir);
    await query(first.url, "create table kept as select 'yes' as is_there");
    await first.release();
    expect(isAlive(pid)).toBe(false);

    const second = await startEmbeddedPostgres({ dataDir, settings: fast });
    expect(await readRow(second.url)).toEqual(rowIsThere);
    await second.release();
  });

  it('is set up for this product: its own database, UTC, Unicode case, this machine only, nothing lost', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDir });
    const [row] = await query(
      postgres.url,
      `select current_database() as database, current_user as "user", lower('ÀÇĞ') as lower,
              current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
              current_setting('listen_addresses') as address, current_setting('fsync') as fsync,
              current_setting('max_connections') as connections, current_setting('password_encryption') as passwords`,
    );
    await postgres.release();

    expect(row).toEqual({
      database: 'universal_scrobbler',
      user: 'universal_scrobbler',
      lower: 'àçğ',
      encoding: 'UTF8',
      zone: 'UTC',
      address: '127.0.0.1',
      fsync: 'on',
      connections: '100',
      passwords: 'scram-sha-256',
    });
    if (process.platform !== 'win32') {
      expect(fs.statSync(path.join(dataDir, 'password')).mode & 0o077).toBe(0);
    }
  });

  it('is one server for two processes that start at once, until both have let go', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const [one, other] = [new Holder(dataDir), new Holder(dataDir)];
    const url = await one.url();
    expect(await other.url()).toBe(url);
    const pid = serverPid(dataDir);
    keeperPid(dataDir);

    await one.release();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await other.release();
    expect(isAlive(pid)).toBe(false);
  });

  it('stops after a killed app has not come back, and has what the app had committed', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const app = new Holder(dataDir);
    await query(await app.url(), "create table kept as select 'yes' as is_there");
    const [server, keeper] = [serverPid(dataDir), keeperPid(dataDir)];
    app.kill();
    await until('the end of server and keeper', () => !isAlive(server) && !isAlive(keeper), 5_000);

    expect(await readRow(await new Holder(dataDir).url())).toEqual(rowIsThere);
    serverPid(dataDir);
  });

  it('goes on running for an app that is back at once', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const app = new Holder(dataDir);
    await app.url();
    const server = serverPid(dataDir);
    app.kill();
    await new Holder(dataDir).url();
    expect(serverPid(dataDir)).toBe(server);
  });

  it('is stopped and started afresh when app and keeper were killed and it lives on alone', async () => {
    const dataDir = await folderWithData();
    const app = new Holder(dataDir);
    await app.url();
    const [orphan, keeper] = [serverPid(dataDir), keeperPid(dataDir)];
    process.kill(keeper, 'SIGKILL');
    expect((await app.hear('lost')).reason).toContain('keeps the embedded PostgreSQL');
    app.kill();
    expect(isAlive(orphan)).toBe(true);

    const next = new Holder(dataDir);
    expect(await readRow(await next.url())).toEqual(rowIsThere);
    expect((await next.hear('log')).line).toContain(String(orphan));
    expect(isAlive(orphan)).toBe(false);
    await next.release();
  });

  it('tells the app when the server is killed, and recovers at the next start', async () => {
    const dataDir = await folderWithData();
    const app = new Holder(dataDir);
    await app.url();
    process.kill(serverPid(dataDir), 'SIGKILL');
    expect((await app.hear('lost')).reason).toContain('ended unexpectedly');

    expect(await readRow(await new Holder(dataDir).url())).toEqual(rowIsThere);
    serverPid(dataDir);
  });

  it('takes a stale pid file for what it is, and leaves the process alone that has the number now', async () => {
    const dataDir = await folderWithData();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const stale = [stranger.pid, path.join(dataDir, 'cluster'), 1, 1, '', '127.0.0.1', '  123  456', 'ready'];
    fs.writeFileSync(path.join(dataDir, 'cluster/postmaster.pid'), stale.join('\n'));
    try {
      const postgres = await startEmbeddedPostgres({ dataDir, settings: fast });
      expect(await readRow(postgres.url)).toEqual(rowIsThere);
      await postgres.release();
      expect(isAlive(stranger.pid!)).toBe(true);
    } finally {
      stranger.kill();
    }
  });

  it('refuses a folder with something else in it, and does not touch it', async () => {
    const dataDir = temporaryFolder();
    fs.writeFileSync(path.join(dataDir, 'thesis.txt'), 'years of work');
    const before = snapshot(dataDir);

    const start = startEmbeddedPostgres({ dataDir });
    await expect(start).rejects.toBeInstanceOf(EmbeddedPostgresError);
    await expect(start).rejects.toThrow(dataDir);
    expect(snapshot(dataDir)).toEqual(before);
  });

  it('throws away what an interrupted first start has left, and nothing else', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const halfMade = (): string[] =>
      fs.existsSync(dataDir) ? fs.readdirSync(dataDir).filter((name) => name.startsWith('new-cluster-')) : [];
    const app = new Holder(dataDir);
    await until('initdb', () => halfMade().some((name) => fs.existsSync(path.join(dataDir, name, 'PG_VERSION'))));
    process.kill(keeperPid(dataDir), 'SIGKILL');
    app.kill();
    expect(fs.existsSync(path.join(dataDir, 'cluster'))).toBe(false);
    fs.writeFileSync(path.join(dataDir, 'note.txt'), 'mine');

    const url = await new Holder(dataDir).url();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    serverPid(dataDir);
    expect(halfMade()).toEqual([]);
    expect(fs.readFileSync(path.join(dataDir, 'note.txt'), 'utf8')).toBe('mine');
  });

  it('refuses the cluster of another major version as it is', async () => {
    const dataDir = await folderWithData();
    const version = path.join(dataDir, 'cluster/PG_VERSION');
    const ours = fs.readFileSync(version);
    fs.writeFileSync(version, '17\n');
    await expect(startEmbeddedPostgres({ dataDir, settings: fast })).rejects.toThrow(
      /PostgreSQL 17.*Nothing was changed/,
    );

    fs.writeFileSync(version, ours);
    const postgres = await startEmbeddedPostgres({ dataDir, settings: fast });
    expect(await readRow(postgres.url)).toEqual(rowIsThere);
    await postgres.release();
  });

  it('refuses a folder that a process in another container uses, for as long as that one lives', async () => {
    const dataDir = await folderWithData();
    const record = path.join(dataDir, 'keeper.json');
    fs.writeFileSync(record, JSON.stringify({ pid: 1, port: 1, knock: '', welcome: '', scope: 'another container' }));
    let beats = 0;
    const heart = setInterval(() => {
      fs.utimesSync(record, ++beats, beats);
    }, 100);
    const start = startEmbeddedPostgres({ dataDir, settings: fast });
    await expect(
      start.finally(() => {
        clearInterval(heart);
      }),
    ).rejects.toThrow(/another container or machine/);

    const postgres = await startEmbeddedPostgres({ dataDir, settings: fast });
    expect(await readRow(postgres.url)).toEqual(rowIsThere);
    await postgres.release();
  });

  it('says what to do when there are no programs for this platform', async () => {
    const { moduleFolder } = installation(0o755, false);
    const app = new Holder(path.join(temporaryFolder(), 'postgres'), { moduleFolder });
    expect((await app.hear('failed')).message).toMatch(/not installed.*DATABASE_URL/);
  });

  onUnix('runs copies of programs that cannot be run, or given their links, where npm has put them', async () => {
    const { moduleFolder, packages } = installation(isRoot ? 0o700 : 0o755, true);
    const libraries = (fs.readdirSync(packages, { recursive: true }) as string[])
      .map((name) => path.join(packages, name))
      .filter((name) => name.endsWith('native/lib'));
    const setMode = (mode: number): void => {
      libraries.forEach((folder) => {
        fs.chmodSync(folder, mode);
      });
    };
    const dataDir = path.join(temporaryFolder(), 'postgres');
    setMode(0o555);
    try {
      const app = new Holder(dataDir, { moduleFolder });
      expect(await query(await app.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
      serverPid(dataDir);
    } finally {
      setMode(0o755);
    }
    expect(fs.readdirSync(dataDir).filter((name) => name.startsWith('binaries-'))).toHaveLength(1);
  });

  asRoot('runs under an unprivileged account, also below a folder that is closed to it', async () => {
    const dataDir = path.join(temporaryFolder(0o700), 'postgres');
    const postgres = await startEmbeddedPostgres({ dataDir, settings: fast });
    const status = fs.readFileSync(`/proc/${serverPid(dataDir)}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.release();
  });

  asNobody('runs as an ordinary user, and as root on what that user has made, and back', async () => {
    const home = temporaryFolder(0o700);
    fs.chownSync(home, nobody.uid, nobody.gid);
    const dataDir = path.join(home, 'postgres');
    for (const identity of [nobody, {}, nobody]) {
      const app = new Holder(dataDir, identity);
      expect(await query(await app.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(fs.statSync(`/proc/${serverPid(dataDir)}`).uid).toBe(nobody.uid);
      await app.release();
    }
  });

  asNobody('tells an ordinary user whose data this is', async () => {
    const dataDir = await folderWithData();
    const app = new Holder(dataDir, nobody);
    expect((await app.hear('failed')).message).toContain(dataDir);
  });

  onUnix('is not reached by Ctrl-C, so that the app can still write before it lets go', async () => {
    const dataDir = path.join(temporaryFolder(), 'postgres');
    const app = new Holder(dataDir);
    await app.url();
    const server = serverPid(dataDir);
    process.kill(-app.child.pid!, 'SIGINT');
    await app.hear('flushed');
    await until('the end of the app', () => app.hasEnded());
    expect(isAlive(server)).toBe(false);
  });
});
