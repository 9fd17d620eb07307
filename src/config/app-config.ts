import path from 'node:path';

import type { EncryptionKey } from '../common/crypto/secret-box.js';
import { ConfigurationError, type Environment, readEnvironment, type Role, type SandboxName } from './environment.js';
import { isLoopbackOrHttps } from './loopback-or-https.js';
import {
  type DeezerConfig,
  deezerSettings,
  platformRules,
  type SpotifyConfig,
  spotifySettings,
} from './platform-settings.js';
import { type DiscordConfig, discordSettings, type OidcConfig, oidcSettings } from './sign-in-settings.js';

/** Any 32 characters do for the sandbox; these are no secret. */
const SANDBOX_CREDENTIALS = {
  apiKey: '5a4db0c5a4db0c5a4db0c5a4db0c5a4d',
  apiSecret: '0f5a4db0c0f5a4db0c0f5a4db0c0f5a4',
};

export interface LastfmConfig {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly callbackUrl: string;
  readonly callsPerSecond: number;
  readonly callBurst: number;
  /** Scrobbles an account may have on a UTC day before runs and imports stop. */
  readonly dailyAutomatic: number;
  /** How long one call may take. A lane's lease has to last longer. */
  readonly timeoutMs: number;
  /** True while the stand-in for Last.fm is used because no API key is configured. */
  readonly isSandbox: boolean;
}

type Settings = {
  [Name in keyof AppConfig as AppConfig[Name] extends CallableFunction ? never : Name]: AppConfig[Name];
};

/** Parsed once at start-up and injected; nothing else touches process.env. */
export class AppConfig {
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  /** Whose X-Forwarded-For is believed. Empty: nobody's. */
  readonly trustedProxies: readonly string[];
  /** Requests a minute, by what they are counted by. */
  readonly rateLimits: Readonly<Record<'address' | 'sign-in' | 'user' | 'bot', number>>;
  /** Opens the bot API as long as it is set. */
  readonly botApiKey: string | undefined;
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly roles: readonly Role[];
  /** Empty until the start-up has found or made the local ones. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly logLevel: string;
  /** Undefined: no mail is sent, and links to reset a password are made on the command line. */
  readonly mail: Readonly<{ smtpUrl: string; from: string }> | undefined;
  /** Who becomes the first administrator, while there is none. */
  readonly firstAdmin: Readonly<{ email: string; password: string }> | undefined;
  /** How long a search waits for each platform. */
  readonly searchDeadlineMs: number;
  readonly sandboxPort: number;
  /** False in tests, which call what is scheduled themselves. */
  readonly isScheduled: boolean;
  readonly lastfm: LastfmConfig;
  /** Null: nobody signs in with OpenID Connect. */
  readonly oidc: OidcConfig | null;
  readonly discord: DiscordConfig;
  /** Empty: the bot plays no music. */
  readonly lavalinkNodes: ReadonlyArray<{ host: string; port: number; password: string }>;
  /** Where words are looked for. */
  readonly lavalinkSearch: string;
  /** When a track in a voice channel counts, where its server has not chosen. */
  readonly voiceThresholdPolicy: 'quick' | 'lastfm';
  readonly spotify: SpotifyConfig;
  readonly deezer: DeezerConfig;
  /** The further hosts outside that are stood in for. */
  readonly sandboxes: readonly SandboxName[];

  private constructor(private readonly settings: Settings) {
    Object.assign(this, settings);
  }

  /** @throws ConfigurationError that names the wrong variables and what they accept */
  static fromEnv(env: NodeJS.ProcessEnv): AppConfig {
    const environment = readEnvironment(env);
    refuseUnsafe(environment);
    const publicUrl = withoutSlash(environment.PUBLIC_URL ?? `http://127.0.0.1:${environment.PORT}`);
    const isProduction = environment.NODE_ENV === 'production';
    return new AppConfig({
      isProduction,
      host: environment.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
      port: environment.PORT,
      publicUrl,
      trustedProxies: environment.TRUSTED_PROXIES,
      rateLimits: {
        address: environment.RATE_LIMIT_ADDRESS,
        'sign-in': environment.RATE_LIMIT_SIGN_IN,
        user: environment.RATE_LIMIT_USER,
        bot: environment.RATE_LIMIT_BOT,
      },
      botApiKey: environment.BOT_API_KEY,
      dataDir: path.resolve(environment.DATA_DIR),
      databaseUrl: environment.DATABASE_URL,
      databasePoolSize: environment.DATABASE_POOL_SIZE,
      roles: environment.ROLES ?? ['web', 'worker', 'bot'],
      encryptionKeys: environment.ENCRYPTION_KEYS ?? [],
      logLevel: environment.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
      mail: mailSettings(environment),
      firstAdmin: firstAdmin(environment),
      searchDeadlineMs: environment.SEARCH_DEADLINE_MS,
      sandboxPort: environment.SANDBOX_PORT ?? (environment.PORT === 0 ? 0 : environment.PORT + 1),
      isScheduled: true,
      lastfm: lastfmSettings(environment, publicUrl),
      oidc: oidcSettings(environment),
      discord: discordSettings(environment),
      lavalinkNodes: environment.LAVALINK_NODES,
      lavalinkSearch: environment.LAVALINK_SEARCH,
      voiceThresholdPolicy: environment.VOICE_THRESHOLD_POLICY,
      spotify: spotifySettings(environment),
      deezer: deezerSettings(environment),
      sandboxes: environment.SANDBOX,
    });
  }

  /** The same configuration with what only the start-up knows: the embedded database, generated keys, the sandbox. */
  with(found: Partial<Settings>): AppConfig {
    return new AppConfig({ ...this.settings, ...found });
  }

  has(role: Role): boolean {
    return this.roles.includes(role);
  }

  /** The database to connect to; known once the start-up has seen to an embedded one. */
  requireDatabaseUrl(): string {
    if (this.databaseUrl === undefined) {
      throw new Error('The embedded PostgreSQL has to be started before the database is used.');
    }
    return this.databaseUrl;
  }
}

function mailSettings({ SMTP_URL: smtpUrl, MAIL_FROM: from }: Environment): AppConfig['mail'] {
  return smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from };
}

function firstAdmin({ ADMIN_EMAIL: email, ADMIN_PASSWORD: password }: Environment): AppConfig['firstAdmin'] {
  return email === undefined || password === undefined ? undefined : { email, password };
}

function lastfmSettings(environment: Environment, publicUrl: string): LastfmConfig {
  const { LASTFM_API_KEY: apiKey, LASTFM_API_SECRET: apiSecret } = environment;
  const isSandbox = apiKey === undefined || apiSecret === undefined;
  return {
    ...(isSandbox ? SANDBOX_CREDENTIALS : { apiKey, apiSecret }),
    apiUrl: environment.LASTFM_API_URL,
    authUrl: environment.LASTFM_AUTH_URL,
    callbackUrl: environment.LASTFM_CALLBACK_URL ?? `${publicUrl}/api/lfm/auth/callback`,
    callsPerSecond: environment.LASTFM_CALLS_PER_SECOND,
    callBurst: environment.LASTFM_CALL_BURST,
    dailyAutomatic: environment.LASTFM_DAILY_AUTOMATIC,
    timeoutMs: environment.LASTFM_TIMEOUT_MS,
    isSandbox,
  };
}

/** What is valid variable by variable and still must not start. */
function refuseUnsafe(environment: Environment): void {
  const { LASTFM_API_KEY, LASTFM_API_SECRET, LASTFM_CALLBACK_URL, NODE_ENV, ENCRYPTION_KEYS, PUBLIC_URL } = environment;
  const { DISCORD_CLIENT_ID, DISCORD_CLIENT_SECRET, DISCORD_API_URL, OIDC_ISSUER, SANDBOX } = environment;
  const isProduction = NODE_ENV === 'production';
  const callback = LASTFM_CALLBACK_URL ?? (LASTFM_API_KEY && PUBLIC_URL);
  const { ADMIN_EMAIL, ADMIN_PASSWORD, SMTP_URL, MAIL_FROM } = environment;
  const rules: Array<[isBroken: boolean, sentence: string]> = [
    [
      (LASTFM_API_KEY === undefined) !== (LASTFM_API_SECRET === undefined),
      'LASTFM_API_KEY and LASTFM_API_SECRET must be set together, or neither of them (sandbox Last.fm).',
    ],
    [
      (SMTP_URL === undefined) !== (MAIL_FROM === undefined),
      'SMTP_URL and MAIL_FROM must be set together, or neither of them.',
    ],
    [
      (ADMIN_EMAIL === undefined) !== (ADMIN_PASSWORD === undefined),
      'ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither of them.',
    ],
    [
      isProduction && LASTFM_API_KEY === undefined,
      'LASTFM_API_KEY must be set in production: the sandbox Last.fm is for trying things out.',
    ],
    [
      isProduction && ENCRYPTION_KEYS === undefined,
      'ENCRYPTION_KEYS must be set in production: keys made up by one machine would be lost with it.',
    ],
    [
      callback !== undefined && !isLoopbackOrHttps(callback),
      'LASTFM_CALLBACK_URL (by default from PUBLIC_URL) must begin with https:// outside this machine.',
    ],
    [
      (DISCORD_CLIENT_ID === undefined) !== (DISCORD_CLIENT_SECRET === undefined),
      'DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET must be set together, or neither of them (nobody signs in with Discord).',
    ],
    [!isLoopbackOrHttps(DISCORD_API_URL), 'DISCORD_API_URL must begin with https:// outside this machine.'],
    [
      OIDC_ISSUER !== undefined && !isLoopbackOrHttps(OIDC_ISSUER),
      'OIDC_ISSUER must begin with https:// outside this machine.',
    ],
    ...platformRules(environment),
    [isProduction && SANDBOX.length > 0, 'SANDBOX must be unset in production: stand-ins let anyone be anyone.'],
  ];
  const sentences = rules.filter(([isBroken]) => isBroken).map(([, sentence]) => sentence);
  if (sentences.length > 0) {
    throw new ConfigurationError(sentences);
  }
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
