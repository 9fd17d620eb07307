import { Injectable, Logger } from '@nestjs/common';
import * as openid from 'openid-client';

import { AppConfig } from '../../../config/app-config.js';
import { PlatformUnavailableError, SpotifyNotConfiguredError } from '../platforms.errors.js';

const SCOPES = [
  'playlist-read-private',
  'playlist-read-collaborative',
  'user-read-recently-played',
  'user-read-currently-playing',
];
const TIMEOUT_SECONDS = 10;
const ASSUMED_SECONDS = 3_600;
const REFUSALS = new Set(['invalid_grant', 'access_denied', 'invalid_request']);

export interface SpotifyTokens {
  accessToken: string;
  expiresInSeconds: number;
  /** Null: the one that was shown stays good. */
  refreshToken: string | null;
  scope: string;
}

/** What one attempt says at the other side. */
export interface ConnectProof {
  state: string;
  /** Of PKCE. */
  verifier: string;
}

/** Spotify did not take the code or the refresh token: its person has to agree again. */
export class GrantRefusedError extends Error {}

/**
 * Spotify's accounts: authorization code with PKCE.
 * @see https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow
 */
@Injectable()
export class SpotifyAuthorization {
  private readonly logger = new Logger(SpotifyAuthorization.name);

  constructor(private readonly config: AppConfig) {}

  get isConfigured(): boolean {
    return this.config.spotify.app !== null;
  }

  /** Where to send a browser. @throws SpotifyNotConfiguredError */
  async addressFor({ state, verifier }: ConnectProof): Promise<string> {
    const url = openid.buildAuthorizationUrl(this.configuration(), {
      redirect_uri: this.callback().href,
      scope: SCOPES.join(' '),
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /**
   * @param answer the query that the browser came back with
   * @throws GrantRefusedError, PlatformUnavailableError, SpotifyNotConfiguredError
   */
  async redeem(answer: URLSearchParams, { state, verifier }: ConnectProof): Promise<SpotifyTokens> {
    const address = this.callback();
    address.search = answer.toString();
    return this.exchange((configuration) =>
      openid.authorizationCodeGrant(configuration, address, { expectedState: state, pkceCodeVerifier: verifier }),
    );
  }

  /** Each refresh token is good once. @throws as `redeem` */
  async refresh(refreshToken: string): Promise<SpotifyTokens> {
    return this.exchange((configuration) => openid.refreshTokenGrant(configuration, refreshToken));
  }

  private async exchange(
    grant: (configuration: openid.Configuration) => Promise<openid.TokenEndpointResponse>,
  ): Promise<SpotifyTokens> {
    const configuration = this.configuration();
    try {
      const said = await grant(configuration);
      return {
        accessToken: said.access_token,
        expiresInSeconds: said.expires_in ?? ASSUMED_SECONDS,
        refreshToken: said.refresh_token ?? null,
        scope: said.scope ?? '',
      };
    } catch (error) {
      const code = error instanceof openid.ResponseBodyError ? error.error : (error as { code?: unknown }).code;
      this.logger.warn(`Spotify's token endpoint: ${typeof code === 'string' ? code : 'no answer'}`);
      throw isRefusal(error) ? new GrantRefusedError() : new PlatformUnavailableError('spotify');
    }
  }

  private configuration(): openid.Configuration {
    const { app, accountsUrl } = this.config.spotify;
    if (!app) {
      throw new SpotifyNotConfiguredError();
    }
    const server = {
      issuer: accountsUrl,
      authorization_endpoint: `${accountsUrl}/authorize`,
      token_endpoint: `${accountsUrl}/api/token`,
    };
    const authentication = app.clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(app.clientSecret);
    const configuration = new openid.Configuration(server, app.clientId, undefined, authentication);
    configuration.timeout = TIMEOUT_SECONDS;
    if (accountsUrl.startsWith('http:')) {
      // On this machine only: the configuration refuses it elsewhere.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it by accident
      openid.allowInsecureRequests(configuration);
    }
    return configuration;
  }

  private callback(): URL {
    return new URL(`${this.config.publicUrl}/api/platforms/spotify/callback`);
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof openid.AuthorizationResponseError ||
    (error instanceof openid.ResponseBodyError && REFUSALS.has(error.error))
  );
}
