import type { Environment } from './environment.js';
import { isLoopbackOrHttps } from './loopback-or-https.js';

/** No secret: any name does for the stand-in. */
const SANDBOX_CLIENT_ID = 'sandbox-spotify-client';

export interface SpotifyConfig {
  /** Null: nobody connects Spotify. */
  readonly app: {
    readonly clientId: string;
    /** Undefined: PKCE alone, which is all that Spotify asks for. */
    readonly clientSecret: string | undefined;
  } | null;
  /** Without a slash at the end, as all of these. */
  readonly apiUrl: string;
  readonly accountsUrl: string;
  /** Where short links are answered. */
  readonly linkUrl: string;
}

/** Deezer wants no key. */
export interface DeezerConfig {
  readonly apiUrl: string;
  readonly linkUrl: string;
}

export function spotifySettings(environment: Environment): SpotifyConfig {
  const { SPOTIFY_CLIENT_ID: clientId, SPOTIFY_CLIENT_SECRET: clientSecret, SANDBOX } = environment;
  const urls = {
    apiUrl: withoutSlash(environment.SPOTIFY_API_URL),
    accountsUrl: withoutSlash(environment.SPOTIFY_ACCOUNTS_URL),
    linkUrl: withoutSlash(environment.SPOTIFY_LINK_URL),
  };
  if (SANDBOX.includes('spotify')) {
    return { ...urls, app: { clientId: SANDBOX_CLIENT_ID, clientSecret: undefined } };
  }
  return { ...urls, app: clientId === undefined ? null : { clientId, clientSecret } };
}

export function deezerSettings({ DEEZER_API_URL, DEEZER_LINK_URL }: Environment): DeezerConfig {
  return { apiUrl: withoutSlash(DEEZER_API_URL), linkUrl: withoutSlash(DEEZER_LINK_URL) };
}

/** What is valid variable by variable and still must not start, each with its sentence. */
export function platformRules(environment: Environment): Array<[isBroken: boolean, sentence: string]> {
  const { SPOTIFY_CLIENT_ID, SPOTIFY_CLIENT_SECRET, SPOTIFY_API_URL, SPOTIFY_ACCOUNTS_URL, PUBLIC_URL } = environment;
  return [
    [
      SPOTIFY_CLIENT_ID === undefined && SPOTIFY_CLIENT_SECRET !== undefined,
      'SPOTIFY_CLIENT_ID must be set where SPOTIFY_CLIENT_SECRET is.',
    ],
    [!isLoopbackOrHttps(SPOTIFY_API_URL), 'SPOTIFY_API_URL must begin with https:// outside this machine.'],
    [!isLoopbackOrHttps(SPOTIFY_ACCOUNTS_URL), 'SPOTIFY_ACCOUNTS_URL must begin with https:// outside this machine.'],
    [
      SPOTIFY_CLIENT_ID !== undefined && PUBLIC_URL !== undefined && !isTakenBySpotify(PUBLIC_URL),
      'PUBLIC_URL must begin with https://, http://127.0.0.1 or http://[::1] where SPOTIFY_CLIENT_ID is set: Spotify sends nobody back to another address.',
    ],
  ];
}

/** https, or this machine by its number: Spotify refuses `localhost`. */
function isTakenBySpotify(address: string): boolean {
  return isLoopbackOrHttps(address) && new URL(address).hostname !== 'localhost';
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
