import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { AppConfig } from './config/app-config.js';
import { ConfigurationError, SANDBOX_NAMES, type SandboxName } from './config/environment.js';
import type { SpotifyConfig } from './config/platform-settings.js';
import type { DiscordConfig } from './config/sign-in-settings.js';
import type { Closer } from './installation-parts.js';

/** How often a process that found another one's sandbox looks whether it has to take over. */
const TAKE_OVER_MS = 1_000;

/** No secret: the stand-in listens on this machine only. */
const LAVALINK_PASSWORD = 'sandbox-lavalink-password';

type OAuthClient = NonNullable<DiscordConfig['oauth']>;
type SpotifyApp = NonNullable<SpotifyConfig['app']>;

interface SandboxHost {
  /** Where the stand-in answers, in this process or in another one on this machine. */
  readonly origin: string;
  close(): Promise<void>;
}

interface StandIn {
  /** What its `/sandbox/health` answers. */
  readonly name: 'lastfm' | SandboxName;
  readonly originFile: string;
  readonly port: number;
  start(port: number): Promise<SandboxHost>;
}

/**
 * The configuration with the stand-ins that it asks for: Last.fm's without an API key, the others by SANDBOX. To be called
 * under the start lock: two hosts would write one journal.
 */
export async function addSandboxes(config: AppConfig, closers: Closer[]): Promise<AppConfig> {
  const dataDir = path.join(config.dataDir, 'sandbox');
  await mkdir(dataDir, { recursive: true });
  const hosted = async (standIn: StandIn): Promise<string> => {
    const sandbox = await joinOrHost(standIn);
    closers.push(() => sandbox.close());
    return sandbox.origin;
  };
  let found = config;
  if (config.lastfm.isSandbox) {
    const origin = await hosted(standInForLastfm(config, dataDir));
    found = found.with({ lastfm: { ...config.lastfm, apiUrl: `${origin}/2.0/`, authUrl: `${origin}/api/auth/` } });
  }
  if (config.sandboxes.includes('discord') && config.discord.oauth) {
    const origin = await hosted(standInForDiscord(config, config.discord.oauth, dataDir));
    found = found.with({ discord: { ...config.discord, apiUrl: `${origin}/api` } });
  }
  if (config.sandboxes.includes('spotify') && config.spotify.app) {
    const origin = await hosted(standInForSpotify(config, config.spotify.app, dataDir));
    const urls = { apiUrl: `${origin}/v1`, accountsUrl: origin, linkUrl: `${origin}/short` };
    found = found.with({ spotify: { ...config.spotify, ...urls } });
  }
  if (config.sandboxes.includes('deezer')) {
    const origin = await hosted(standInForDeezer(config, dataDir));
    found = found.with({ deezer: { apiUrl: origin, linkUrl: origin } });
  }
  if (config.sandboxes.includes('lavalink')) {
    const { hostname, port } = new URL(await hosted(standInForLavalink(config, dataDir)));
    found = found.with({ lavalinkNodes: [{ host: hostname, port: Number(port), password: LAVALINK_PASSWORD }] });
  }
  return found;
}

function standInForLavalink(config: AppConfig, dataDir: string): StandIn {
  return {
    name: 'lavalink',
    originFile: path.join(dataDir, 'lavalink-origin'),
    port: portOf(config, 'lavalink'),
    start: async (port) => {
      const { LavalinkSandbox } = await import('../sandbox/lavalink/index.js');
      return LavalinkSandbox.start({ port, password: LAVALINK_PASSWORD });
    },
  };
}

function standInForLastfm({ lastfm, sandboxPort }: AppConfig, dataDir: string): StandIn {
  const { apiKey, apiSecret } = lastfm;
  return {
    name: 'lastfm',
    originFile: path.join(dataDir, 'origin'),
    port: sandboxPort,
    start: async (port) => {
      const { LastfmSandbox } = await import('../sandbox/lastfm/index.js');
      return LastfmSandbox.start({ port, dataDir, apiKey, apiSecret });
    },
  };
}

function standInForDiscord(config: AppConfig, client: OAuthClient, dataDir: string): StandIn {
  return {
    name: 'discord',
    originFile: path.join(dataDir, 'discord-origin'),
    port: portOf(config, 'discord'),
    start: async (port) => {
      const { DiscordSandbox } = await import('../sandbox/discord/index.js');
      const redirectUris = [`${config.publicUrl}/api/auth/discord/callback`];
      return DiscordSandbox.start({ port, ...client, redirectUris, botToken: config.discord.bot?.token });
    },
  };
}

function standInForSpotify(config: AppConfig, app: SpotifyApp, dataDir: string): StandIn {
  return {
    name: 'spotify',
    originFile: path.join(dataDir, 'spotify-origin'),
    port: portOf(config, 'spotify'),
    start: async (port) => {
      const { SpotifySandbox } = await import('../sandbox/spotify/index.js');
      const redirectUris = [`${config.publicUrl}/api/platforms/spotify/callback`];
      return SpotifySandbox.start({ port, ...app, redirectUris });
    },
  };
}

function standInForDeezer(config: AppConfig, dataDir: string): StandIn {
  return {
    name: 'deezer',
    originFile: path.join(dataDir, 'deezer-origin'),
    port: portOf(config, 'deezer'),
    start: async (port) => {
      const { DeezerSandbox } = await import('../sandbox/deezer/index.js');
      return DeezerSandbox.start({ port });
    },
  };
}

/** Beside the sandbox Last.fm, each at a place of its own whichever others are there. */
function portOf({ sandboxPort }: AppConfig, name: SandboxName): number {
  return sandboxPort === 0 ? 0 : sandboxPort + 1 + SANDBOX_NAMES.indexOf(name);
}

/**
 * Of several processes on one data folder the first one hosts a stand-in and writes down where; the others use it, and take
 * its place, data and all, when that one ends.
 */
async function joinOrHost(standIn: StandIn): Promise<SandboxHost> {
  const known = await readFile(standIn.originFile, 'utf8').catch(() => '');
  if (known !== '' && (await isSandbox(known, standIn.name))) {
    return guestOf(known, () => host(standIn, Number(new URL(known).port)));
  }
  const sandbox = await host(standIn, standIn.port);
  await writeFile(standIn.originFile, sandbox.origin);
  return sandbox;
}

async function host(standIn: StandIn, port: number): Promise<SandboxHost> {
  try {
    return await standIn.start(port);
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

async function isSandbox(origin: string, name: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/sandbox/health`, { signal: AbortSignal.timeout(2_000) });
    return ((await response.json()) as { sandbox?: string }).sandbox === name;
  } catch {
    return false;
  }
}
