import { Injectable, Logger } from '@nestjs/common';
import * as openid from 'openid-client';
import { z } from 'zod';

import { AppConfig } from '../../../../config/app-config.js';
import type { OidcConfig } from '../../../../config/sign-in-settings.js';
import type { SignInTrip } from '../sign-in-trip.js';
import { SignInNotConfiguredError, SignInRefusedError, SignInUnavailableError } from '../sign-in.errors.js';
import { callbackAddress, returnedTo } from './callback-address.js';
import { inWords, providerFailure } from './provider-failure.js';
import type { SignInProvider, Vouched } from './sign-in-provider.js';

const TIMEOUT_SECONDS = 10;

const text = z.string().trim().min(1).max(300).nullish().catch(null);
const picture = z
  .url({ protocol: /^https$/ })
  .max(2000)
  .nullish()
  .catch(null);

/** The standard claims, and those of Replit. Not the e-mail address: it proves nothing here, so it is not asked for. */
const claimsSchema = z.object({
  first_name: text,
  last_name: text,
  given_name: text,
  family_name: text,
  name: text,
  preferred_username: text,
  nickname: text,
  username: text,
  profile_image_url: picture,
  picture,
});
type Claims = z.infer<typeof claimsSchema>;

/**
 * Any OpenID Connect provider. It is asked for its addresses when the first person needs them, and again until it answers:
 * one that is away at our start is back when it is back.
 * @see https://openid.net/specs/openid-connect-core-1_0.html
 */
@Injectable()
export class OidcProvider implements SignInProvider {
  readonly kind = 'oidc';
  private readonly logger = new Logger(OidcProvider.name);
  private discovered: Promise<openid.Configuration> | null = null;

  constructor(private readonly config: AppConfig) {}

  get label(): string {
    return this.config.oidc?.label ?? '';
  }

  get isConfigured(): boolean {
    return this.config.oidc !== null;
  }

  async addressFor({ proof, isLink }: SignInTrip): Promise<string> {
    const url = openid.buildAuthorizationUrl(await this.discover(), {
      redirect_uri: callbackAddress(this.config, this.kind).href,
      scope: 'openid profile',
      state: proof.state,
      nonce: proof.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(proof.verifier),
      code_challenge_method: 'S256',
      // Nobody gets a way in that they did not choose: not the account that happens to be signed in there.
      ...(isLink && { prompt: 'login consent' }),
    });
    return url.href;
  }

  async identify({ proof }: SignInTrip, answer: URLSearchParams): Promise<Vouched> {
    const configuration = await this.discover();
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, returnedTo(this.config, this.kind, answer), {
        expectedState: proof.state,
        expectedNonce: proof.nonce,
        pkceCodeVerifier: proof.verifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (!idToken) {
        throw new SignInRefusedError();
      }
      const claims = await this.claims(configuration, tokens.access_token, idToken);
      const name = nameIn(claims) ?? '';
      const pictureUrl = claims.profile_image_url ?? claims.picture ?? null;
      const subject = `${configuration.serverMetadata().issuer} ${idToken.sub}`;
      return { identity: { kind: this.kind, subject, name, pictureUrl }, lastfmAccess: null };
    } catch (error) {
      this.logger.warn(`OpenID Connect: ${inWords(error)}`);
      throw providerFailure(error);
    }
  }

  /** Many providers tell names at the userinfo endpoint alone. */
  private async claims(
    configuration: openid.Configuration,
    accessToken: string,
    idToken: openid.IDToken,
  ): Promise<Claims> {
    const told = claimsSchema.parse(idToken);
    if (nameIn(told) !== null || configuration.serverMetadata().userinfo_endpoint === undefined) {
      return told;
    }
    return claimsSchema.parse(await openid.fetchUserInfo(configuration, accessToken, idToken.sub));
  }

  private async discover(): Promise<openid.Configuration> {
    if (!this.config.oidc) {
      throw new SignInNotConfiguredError();
    }
    this.discovered ??= discovery(this.config.oidc);
    try {
      return await this.discovered;
    } catch (error) {
      this.discovered = null;
      this.logger.warn(`OpenID Connect discovery: ${inWords(error)}`);
      throw new SignInUnavailableError();
    }
  }
}

function discovery({ issuer, clientId, clientSecret }: OidcConfig): Promise<openid.Configuration> {
  const isPlain = issuer.startsWith('http:'); // On this machine only: the configuration refuses it elsewhere.
  return openid.discovery(new URL(issuer), clientId, undefined, clientAuthentication(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it by accident
    execute: isPlain ? [openid.allowInsecureRequests] : [],
  });
}

/** A client without a secret is a public one: PKCE alone protects its codes. */
function clientAuthentication(secret: string | undefined): openid.ClientAuth {
  if (secret === undefined) {
    return openid.None();
  }
  const [byHeader, byBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_basic') ? byHeader : byBody)(server, ...request);
  };
}

function nameIn(claims: Claims): string | null {
  const full = [claims.first_name ?? claims.given_name, claims.last_name ?? claims.family_name]
    .filter((part) => part)
    .join(' ');
  return claims.name ?? (full || null) ?? claims.preferred_username ?? claims.username ?? claims.nickname ?? null;
}
