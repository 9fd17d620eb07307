import { spawn } from 'node:child_process';

import { type DataFolder } from './data-folder.js';
import { errorCode } from './error-code.js';
import { type PostgresBinaries } from './postgres-binaries.js';

/** `fast` ends connections and writes everything out; `immediate` leaves that to the recovery of the next start. */
type StopMode = 'fast' | 'immediate';

const SIGNAL: Record<StopMode, NodeJS.Signals> = { fast: 'SIGINT', immediate: 'SIGQUIT' };

/** Asks the server to stop; it does so later. One that has gone already is no error. */
export async function askToStop(
  folder: DataFolder,
  binaries: PostgresBinaries,
  pid: number,
  mode: StopMode,
): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no signals; the server listens on a pipe that pg_ctl knows.
    const pgCtl = spawn(binaries.program('pg_ctl'), ['stop', '-D', folder.cluster, '-m', mode, '--no-wait'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    await new Promise((resolve) => pgCtl.on('error', resolve).on('exit', resolve));
    return;
  }
  try {
    process.kill(pid, SIGNAL[mode]);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') {
      throw error;
    }
  }
}
