import { DataFolder } from './data-folder.js';
import { ensureDatabase } from './database-creation.js';
import { lockScope, takeFolderLock } from './folder-lock.js';
import { KeeperDoor } from './keeper-door.js';
import { EXIT_CODE } from './keeper-exit-code.js';
import { KeeperRecord } from './keeper-record.js';
import { LeftoverServer } from './leftover-server.js';
import { accountFor, giveTree } from './os-account.js';
import { pause } from './pause.js';
import { PostgresBinaries } from './postgres-binaries.js';
import { PostgresCluster } from './postgres-cluster.js';
import { PostgresServer } from './postgres-server.js';
import { isDurable } from './server-settings.js';

const LAST_ORDERS_MS = 10_000;

/**
 * The program that owns the server of one data folder: started detached by the first app process that needs it, shared
 * by all, gone shortly after the last. It exists because neither end of a killed app process leaves a server running,
 * nor does Ctrl-C, which goes to the whole process group of a terminal, take the database away before the app is done.
 *
 * Arguments: the data folder, and the settings of the server as a JSON object.
 */
async function keep(folder: DataFolder, settings: Record<string, string>): Promise<number> {
  if (!(await takeFolderLock(folder.keeperLock))) {
    return EXIT_CODE.keptByAnother;
  }
  const told = nextSignal();
  const door = new KeeperDoor();
  const record = new KeeperRecord(folder.keeperRecord);
  const { knock, welcome } = door;
  const port = await door.open();
  if (!(await record.take({ pid: process.pid, port, knock, welcome, scope: lockScope() }))) {
    return EXIT_CODE.keptElsewhere;
  }
  let server: PostgresServer | undefined;
  try {
    server = await start(folder, settings, (line) => {
      door.announce({ kind: 'log', line });
    });
    door.announce({ kind: 'ready', port: server.port });
  } catch (error) {
    console.error(error);
    door.announce({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
  await untilTimeToGo(door, server, told);
  record.remove();
  door.close();
  await server?.stop();
  await door.sayGoodbye();
  return EXIT_CODE.done;
}

async function start(
  folder: DataFolder,
  settings: Record<string, string>,
  log: (line: string) => void,
): Promise<PostgresServer> {
  const account = accountFor(folder);
  const binaries = PostgresBinaries.prepare(folder, account);
  const cluster = new PostgresCluster(folder, binaries, account);
  cluster.removeDrafts();
  if (folder.hasCluster()) {
    cluster.requireSameMajorVersion();
    giveTree(account, folder.cluster);
    await new LeftoverServer(folder, binaries).clear(log);
  } else {
    log(`Making a new database in ${folder.path}.`);
    await cluster.create(isDurable(settings));
  }
  const server = new PostgresServer(folder, binaries, cluster, account);
  await server.start(settings);
  try {
    await ensureDatabase(server.port, folder.readPassword());
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function untilTimeToGo(
  door: KeeperDoor,
  server: PostgresServer | undefined,
  told: Promise<string>,
): Promise<void> {
  const reasons = [door.deserted, told.then((signal) => lastOrders(door, signal))];
  if (server) {
    reasons.push(
      server.whenEnded().then(() => {
        door.announce({ kind: 'lost', reason: 'The embedded PostgreSQL has ended unexpectedly; its log says why.' });
      }),
    );
  }
  await Promise.race(reasons);
}

/** A shutdown of the machine tells everybody at once. The visitors may still write what they have to. */
async function lastOrders(door: KeeperDoor, signal: string): Promise<void> {
  await pause(LAST_ORDERS_MS);
  door.announce({ kind: 'lost', reason: `The embedded PostgreSQL was told to stop (${signal}).` });
}

function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, resolve);
    }
  });
}

const [dataDir = '', settings = '{}'] = process.argv.slice(2);
keep(new DataFolder(dataDir), JSON.parse(settings) as Record<string, string>).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(EXIT_CODE.broken);
  },
);
