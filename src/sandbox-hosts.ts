import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { AppConfig } from './config/app-config.js';
import { ConfigurationError } from './config/environment.js';

/** How often a process that found another one's sandbox looks whether it has to take over. */
const TAKE_OVER_MS = 1_000;

export interface SandboxHost {
  /** Where the sandbox Last.fm answers, in this process or in another one on this machine. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Starts the sandbox Last.fm of an installation without an API key. Of several processes on one data folder the first one
 * hosts it and writes down where; the others use it, and take its place, data and all, when that one ends. To be called
 * under the start lock: two hosts would write one journal.
 */
export async function startSandboxLastfm(config: AppConfig): Promise<SandboxHost> {
  const dataDir = path.join(config.dataDir, 'sandbox');
  await mkdir(dataDir, { recursive: true });
  const originFile = path.join(dataDir, 'origin');
  const known = await readFile(originFile, 'utf8').catch(() => '');
  if (known !== '' && (await isSandbox(known))) {
    return guestOf(known, () => host(config, dataDir, Number(new URL(known).port)));
  }
  const sandbox = await host(config, dataDir, config.sandboxPort);
  await writeFile(originFile, sandbox.origin);
  return sandbox;
}

async function host({ lastfm }: AppConfig, dataDir: string, port: number): Promise<SandboxHost> {
  const { LastfmSandbox } = await import('../sandbox/lastfm/index.js');
  try {
    return await LastfmSandbox.start({ port, dataDir, apiKey: lastfm.apiKey, apiSecret: lastfm.apiSecret });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new ConfigurationError([
        `SANDBOX_PORT ${port} is used by another program. Stop it, or set SANDBOX_PORT to a free one.`,
      ]);
    }
    throw error;
  }
}

/** Keeps trying to take the place, so that the sandbox is never gone for long. */
function guestOf(origin: string, takeOver: () => Promise<SandboxHost>): SandboxHost {
  let sandbox: SandboxHost | undefined;
  const timer = setInterval(() => {
    void takeOver().then(
      (taken) => {
        sandbox = taken;
        clearInterval(timer);
      },
      () => undefined, // The other process still has it.
    );
  }, TAKE_OVER_MS);
  return {
    origin,
    close: async () => {
      clearInterval(timer);
      await sandbox?.close();
    },
  };
}

async function isSandbox(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/sandbox/health`, { signal: AbortSignal.timeout(2_000) });
    return ((await response.json()) as { sandbox?: string }).sandbox === 'lastfm';
  } catch {
    return false;
  }
}
