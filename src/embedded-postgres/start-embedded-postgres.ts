import { DataFolder } from './data-folder.js';
import { databaseUrl } from './database-url.js';
import { KeeperConnection } from './keeper-connection.js';
import { KeeperLauncher } from './keeper-launcher.js';
import { KeeperRecord } from './keeper-record.js';
import { pause } from './pause.js';

export interface EmbeddedPostgresOptions {
  /** The folder for the database, and nothing else; made if it is not there. */
  dataDir: string;
  /** Hears what the start is doing, where that takes longer than a moment. */
  log?: (line: string) => void;
  /** Settings of the server (`postgresql.conf`). Where several processes share it, those of the first hold. */
  settings?: Record<string, string>;
  /**
   * Added to the otherwise bare environment of the server: secrets of the app do not belong there, but some systems
   * find their libraries by a variable.
   */
  environment?: Record<string, string>;
}

/** A process's hold on the server. It ends with `release`, or with the process in whatever way. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Lets go of the server. The last one to let go stops it, and this resolves when it has stopped. */
  release(): Promise<void>;
  /** Called once if the server ends although it was not released. */
  onLost(listener: (reason: string) => void): void;
}

/**
 * Starts the PostgreSQL of the data folder, or joins it when another process has started it.
 * @throws EmbeddedPostgresError when that cannot work, saying what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = DataFolder.claim(options.dataDir);
  const record = new KeeperRecord(folder.keeperRecord);
  const launcher = new KeeperLauncher(folder, options.settings ?? {}, options.environment ?? {});
  const log = options.log ?? ((): void => undefined);
  for (;;) {
    const address = record.read();
    const connection = address && (await KeeperConnection.knock(address, log));
    const port = (await connection?.ready()) ?? null;
    if (connection && port !== null) {
      return {
        url: databaseUrl(port, folder.readPassword()),
        release: () => connection.release(),
        onLost: (listener) => {
          connection.onLost(listener);
        },
      };
    }
    launcher.ensureLaunched();
    await pause(20);
  }
}
