import { randomBytes } from 'node:crypto';

import { AppConfig } from './app-config.js';
import { ConfigurationError } from './environment.js';

const key32 = () => randomBytes(32).toString('base64');
const refusalOf = (env: NodeJS.ProcessEnv): string => {
  try {
    AppConfig.fromEnv(env);
  } catch (error) {
    return error instanceof ConfigurationError ? error.message : String(error);
  }
  return 'accepted';
};

describe('AppConfig', () => {
  it('starts with an empty environment: embedded database, sandbox Last.fm, this machine only', () => {
    const config = AppConfig.fromEnv({});

    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', databaseUrl: undefined, sandboxPort: 3001 });
    expect(config.publicUrl).toBe('http://127.0.0.1:3000');
    expect(config.lastfm).toMatchObject({
      isSandbox: true,
      callbackUrl: 'http://127.0.0.1:3000/api/lfm/auth/callback',
      callsPerSecond: 5,
    });
    expect(config.has('worker')).toBe(true);
  });

  it.each([
    { PORT: 'eighty' },
    { DATABASE_URL: 'mysql://localhost/x' },
    { ROLES: 'web,cook' },
    { ENCRYPTION_KEYS: 'k1:dG9vIHNob3J0' },
    { LASTFM_API_KEY: 'short', LASTFM_API_SECRET: '0'.repeat(32) },
    { LOG_LEVEL: 'loud' },
  ])('names the variable that is wrong in %j, and never repeats its value', (env: NodeJS.ProcessEnv) => {
    const [name = '', value = ''] = Object.entries(env)[0] ?? [];
    const refusal = refusalOf(env);

    expect(refusal).toMatch(new RegExp(`^${name} must`, 'm'));
    expect(refusal).not.toContain(value);
  });

  it('names every wrong variable at once', () => {
    expect(refusalOf({ PORT: '-1', LOG_LEVEL: 'loud' })).toMatch(/PORT.*\n.*LOG_LEVEL/);
  });

  it('takes an empty variable for an unset one', () => {
    expect(AppConfig.fromEnv({ PORT: '', LASTFM_API_KEY: ' ' }).port).toBe(3000);
  });

  it('reads encryption keys in order, the first one current', () => {
    const config = AppConfig.fromEnv({ ENCRYPTION_KEYS: `new:${key32()}, old:${key32()}` });
    expect(config.encryptionKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('refuses two encryption keys of one id: what one of them has sealed would be lost', () => {
    expect(refusalOf({ ENCRYPTION_KEYS: `k1:${key32()}, k1:${key32()}` })).toMatch(
      /^ENCRYPTION_KEYS must .* each id once/,
    );
  });

  it('refuses production without a Last.fm key or encryption keys', () => {
    expect(refusalOf({ NODE_ENV: 'production' })).toMatch(/LASTFM_API_KEY.*\nENCRYPTION_KEYS/);
  });

  it('refuses a Last.fm callback without https outside this machine', () => {
    const real = { LASTFM_API_KEY: 'a'.repeat(32), LASTFM_API_SECRET: 'b'.repeat(32) };
    expect(refusalOf({ ...real, PUBLIC_URL: 'http://scrobbler.example' })).toMatch(/LASTFM_CALLBACK_URL/);
    expect(refusalOf({ ...real, PUBLIC_URL: 'https://scrobbler.example' })).toBe('accepted');
    expect(refusalOf(real)).toBe('accepted');
  });

  it('refuses an address for Spotify that Spotify refuses, and a secret that would travel in the clear', () => {
    const spotify = { SPOTIFY_CLIENT_ID: 'an-id' };
    expect(refusalOf({ ...spotify, PUBLIC_URL: 'http://localhost:3000' })).toMatch(/PUBLIC_URL .* Spotify/);
    expect(refusalOf({ ...spotify, SPOTIFY_ACCOUNTS_URL: 'http://accounts.example' })).toMatch(/SPOTIFY_ACCOUNTS_URL/);
    expect(refusalOf({ SPOTIFY_CLIENT_SECRET: 'a-secret' })).toMatch(/SPOTIFY_CLIENT_ID/);
    expect(refusalOf({ ...spotify, PUBLIC_URL: 'http://127.0.0.1:3000' })).toBe('accepted');
    expect(AppConfig.fromEnv({}).spotify.app).toBeNull();
    expect(AppConfig.fromEnv({ SANDBOX: 'spotify,deezer' }).spotify.app).not.toBeNull();
  });
});
