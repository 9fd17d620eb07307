import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const webUrl = z.url({ protocol: /^https?$/ });

const ROLES = ['web', 'worker', 'bot'] as const;
export type Role = (typeof ROLES)[number];

const roles = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES)).min(1));

/** Further stand-ins for hosts outside; each listens on the port of the sandbox Last.fm plus its place here. */
export const SANDBOX_NAMES = ['spotify', 'deezer', 'discord', 'lavalink'] as const;
export type SandboxName = (typeof SANDBOX_NAMES)[number];

const sandboxes = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(SANDBOX_NAMES)));

/** The password may hold colons; the address may not. */
const lavalinkNodes = z
  .string()
  .transform((text) =>
    text.split(',').map((entry) => {
      const [host = '', nodePort = '', ...password] = entry.trim().split(':');
      return { host, port: Number(nodePort), password: password.join(':') };
    }),
  )
  .pipe(
    z.array(
      z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535), password: z.string().min(1).max(200) }),
    ),
  );

const limit = z.coerce.number().int().min(1).max(1_000_000_000);

const PROXY_WORDS = new Set(['loopback', 'linklocal', 'uniquelocal']);
const proxies = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .pipe(
    z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.string().refine((word) => PROXY_WORDS.has(word))])),
  );

const encryptionKeys = z
  .string()
  .transform((text): Array<{ id: string; key: Buffer }> =>
    text.split(',').map((entry) => {
      const [id = '', key = ''] = entry.trim().split(':');
      return { id, key: Buffer.from(key, 'base64') };
    }),
  )
  .pipe(
    z
      .array(
        z.object({
          id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
          key: z.custom<Buffer>((key) => Buffer.isBuffer(key) && key.length === 32),
        }),
      )
      .min(1)
      // Of two keys with one id only one would be kept, and what the other has sealed would be lost.
      .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length),
  );

interface Variable<Schema extends z.ZodType> {
  schema: Schema;
  /** Completes the sentence "NAME …" when the value is wrong. */
  accepts: string;
}

const variable = <Schema extends z.ZodType>(schema: Schema, accepts: string): Variable<Schema> => ({ schema, accepts });

/** Every variable the program reads, what it may hold and what it is when unset. */
const VARIABLES = {
  NODE_ENV: variable(
    z.enum(['development', 'production', 'test']).default('development'),
    'must be development, production or test',
  ),
  PORT: variable(port.default(3000), 'must be a port number, 0 to 65535'),
  HOST: variable(z.string().min(1).optional(), 'must be an address to listen on, such as 127.0.0.1 or 0.0.0.0'),
  PUBLIC_URL: variable(webUrl.optional(), 'must be the address people open, such as https://scrobbler.example'),
  TRUSTED_PROXIES: variable(
    proxies.default([]),
    'must list addresses or networks (10.0.0.0/8) of proxies, separated by commas, or the words loopback, linklocal, uniquelocal',
  ),
  RATE_LIMIT_ADDRESS: variable(limit.default(1200), 'must be a whole number above 0: requests of an address a minute'),
  RATE_LIMIT_SIGN_IN: variable(
    limit.default(20),
    'must be a whole number above 0: attempts to get in, of an address a minute',
  ),
  RATE_LIMIT_USER: variable(limit.default(600), 'must be a whole number above 0: requests of a user a minute'),
  RATE_LIMIT_BOT: variable(limit.default(1200), 'must be a whole number above 0: requests of a bot key a minute'),
  BOT_API_KEY: variable(
    z
      .string()
      .regex(/^[\x21-\x7e]{32,200}$/)
      .optional(),
    'must be 32 to 200 letters, digits and signs without blanks, and hard to guess',
  ),
  DATA_DIR: variable(z.string().min(1).default('./data'), 'must be a folder'),
  DATABASE_URL: variable(
    z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    'must be a PostgreSQL address, such as postgres://user:password@host:5432/database',
  ),
  DATABASE_POOL_SIZE: variable(z.coerce.number().int().min(2).max(500).default(10), 'must be a number from 2 to 500'),
  ROLES: variable(roles.optional(), 'must list roles out of web, worker and bot, separated by commas'),
  ENCRYPTION_KEYS: variable(
    encryptionKeys.optional(),
    'must be a list of id:key, separated by commas, each id once, each key 32 bytes in base64 (the first one is current)',
  ),
  LOG_LEVEL: variable(
    z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
    'must be silent, fatal, error, warn, info, debug or trace',
  ),
  LASTFM_API_KEY: variable(
    z
      .string()
      .regex(/^[0-9a-f]{32}$/i)
      .optional(),
    'must be the 32-character API key that Last.fm gave you',
  ),
  LASTFM_API_SECRET: variable(
    z
      .string()
      .regex(/^[0-9a-f]{32}$/i)
      .optional(),
    'must be the 32-character shared secret that Last.fm gave you',
  ),
  LASTFM_API_URL: variable(webUrl.default('https://ws.audioscrobbler.com/2.0/'), 'must be a web address'),
  LASTFM_AUTH_URL: variable(webUrl.default('https://www.last.fm/api/auth/'), 'must be a web address'),
  LASTFM_CALLBACK_URL: variable(webUrl.optional(), 'must be a web address (https outside this machine)'),
  LASTFM_CALLS_PER_SECOND: variable(z.coerce.number().positive().default(5), 'must be a number above 0'),
  LASTFM_CALL_BURST: variable(z.coerce.number().int().min(1).default(10), 'must be a whole number above 0'),
  LASTFM_DAILY_AUTOMATIC: variable(
    z.coerce.number().int().min(1).default(600),
    'must be a whole number above 0: scrobbles an account may have a day before runs and imports stop',
  ),
  LASTFM_TIMEOUT_MS: variable(
    z.coerce.number().int().min(100).max(30_000).default(20_000),
    'must be a number of milliseconds from 100 to 30000',
  ),
  VOICE_THRESHOLD_POLICY: variable(
    z.enum(['quick', 'lastfm']).default('quick'),
    'must be quick or lastfm: when a track in a voice channel counts, where its server has not chosen',
  ),
  SEARCH_DEADLINE_MS: variable(
    z.coerce.number().int().min(100).max(30_000).default(3_000),
    'must be a number of milliseconds from 100 to 30000: how long a search waits for each platform',
  ),
  SMTP_URL: variable(
    z.url({ protocol: /^smtps?$/ }).optional(),
    'must be the address of a mail server, such as smtps://user:password@mail.example:465',
  ),
  MAIL_FROM: variable(
    z
      .string()
      .regex(/^([^<>\r\n]{0,100}<)?[^\s<>@]+@[^\s<>@]+>?$/)
      .optional(),
    'must be what mails come from, such as scrobbler@example.org or Scrobbler <scrobbler@example.org>',
  ),
  ADMIN_EMAIL: variable(z.email().max(254).optional(), 'must be the e-mail address of the first administrator'),
  ADMIN_PASSWORD: variable(z.string().min(8).max(200).optional(), 'must have 8 to 200 characters'),
  OIDC_ISSUER: variable(
    webUrl.optional(),
    'must be the address of an OpenID Connect issuer (https outside this machine)',
  ),
  OIDC_CLIENT_ID: variable(z.string().max(500).optional(), 'must be the client id that the issuer gave you'),
  OIDC_CLIENT_SECRET: variable(
    z.string().max(500).optional(),
    'must be the client secret, or unset for a public client',
  ),
  OIDC_LABEL: variable(z.string().max(40).optional(), 'must be what people call the issuer, at most 40 characters'),
  DISCORD_CLIENT_ID: variable(
    z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    "must be the application's id, a number that Discord gave you",
  ),
  DISCORD_CLIENT_SECRET: variable(z.string().max(200).optional(), "must be the application's OAuth2 client secret"),
  DISCORD_TOKEN: variable(
    z
      .string()
      .regex(/^[\x21-\x7e]{20,200}$/)
      .optional(),
    "must be the bot's token, as the developer portal shows it (not the client secret)",
  ),
  DISCORD_GUILD_ID: variable(
    z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    'must be the id of the one server that gets the commands, for development',
  ),
  LAVALINK_NODES: variable(
    lavalinkNodes.default([]),
    'must list host:port:password of Lavalink nodes, separated by commas',
  ),
  LAVALINK_SEARCH: variable(
    z
      .string()
      .regex(/^[a-z]{2,10}search$/)
      .default('scsearch'),
    'must be a search of Lavalink, such as scsearch or ytsearch',
  ),
  DISCORD_API_URL: variable(
    webUrl.default('https://discord.com/api'),
    'must be a web address (https outside this machine)',
  ),
  SPOTIFY_CLIENT_ID: variable(z.string().max(100).optional(), 'must be the client id that Spotify gave you'),
  SPOTIFY_CLIENT_SECRET: variable(z.string().max(200).optional(), 'must be the client secret, or unset (PKCE alone)'),
  SPOTIFY_API_URL: variable(
    webUrl.default('https://api.spotify.com/v1'),
    'must be a web address (https outside this machine)',
  ),
  SPOTIFY_ACCOUNTS_URL: variable(
    webUrl.default('https://accounts.spotify.com'),
    'must be a web address (https outside this machine)',
  ),
  SPOTIFY_LINK_URL: variable(webUrl.default('https://spotify.link'), 'must be a web address'),
  DEEZER_API_URL: variable(webUrl.default('https://api.deezer.com'), 'must be a web address'),
  DEEZER_LINK_URL: variable(webUrl.default('https://link.deezer.com'), 'must be a web address'),
  SANDBOX: variable(sandboxes.default([]), 'must list stand-ins out of spotify, deezer, discord and lavalink'),
  SANDBOX_PORT: variable(port.optional(), 'must be a port number, 0 to 65535'),
};

export type Environment = { [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]['schema']> };

/** Stops the start. Each sentence names a variable and what it accepts; values are never repeated: some are secrets. */
export class ConfigurationError extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/**
 * Reads the environment once. An empty variable counts as unset, as it does in a copied `.env.example`.
 * @throws ConfigurationError that names every wrong variable
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const wrong: string[] = [];
  const entries = Object.entries(VARIABLES).map(([name, { schema, accepts }]) => {
    const text = env[name]?.trim();
    const parsed = schema.safeParse(text === '' ? undefined : text);
    if (!parsed.success) {
      wrong.push(`${name} ${accepts}.`);
    }
    return [name, parsed.data] as const;
  });
  if (wrong.length > 0) {
    throw new ConfigurationError(wrong);
  }
  return Object.fromEntries(entries) as unknown as Environment;
}
