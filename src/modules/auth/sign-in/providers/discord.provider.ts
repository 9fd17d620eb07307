import { Injectable, Logger } from '@nestjs/common';
import * as openid from 'openid-client';
import { z } from 'zod';

import { AppConfig } from '../../../../config/app-config.js';
import type { SignInTrip } from '../sign-in-trip.js';
import { SignInNotConfiguredError, SignInUnavailableError } from '../sign-in.errors.js';
import { callbackAddress, returnedTo } from './callback-address.js';
import { inWords, providerFailure } from './provider-failure.js';
import type { SignInProvider, Vouched } from './sign-in-provider.js';

const TIMEOUT_SECONDS = 10;

const profileSchema = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  username: z.string().max(100),
  global_name: z.string().max(100).nullish(),
  avatar: z
    .string()
    .regex(/^\w{1,100}$/)
    .nullish(),
});

/**
 * Discord's OAuth2. Only who someone is: `identify`.
 * @see https://discord.com/developers/docs/topics/oauth2
 */
@Injectable()
export class DiscordProvider implements SignInProvider {
  readonly kind = 'discord';
  readonly label = 'Discord';
  private readonly logger = new Logger(DiscordProvider.name);

  constructor(private readonly config: AppConfig) {}

  get isConfigured(): boolean {
    return this.config.discord.oauth !== null;
  }

  async addressFor({ proof }: SignInTrip): Promise<string> {
    const url = openid.buildAuthorizationUrl(this.configuration(), {
      redirect_uri: callbackAddress(this.config, this.kind).href,
      scope: 'identify',
      state: proof.state,
      code_challenge: await openid.calculatePKCECodeChallenge(proof.verifier),
      code_challenge_method: 'S256',
      prompt: 'consent',
    });
    return url.href;
  }

  async identify({ proof }: SignInTrip, answer: URLSearchParams): Promise<Vouched> {
    const configuration = this.configuration();
    try {
      const { access_token: accessToken } = await openid.authorizationCodeGrant(
        configuration,
        returnedTo(this.config, this.kind, answer),
        { expectedState: proof.state, pkceCodeVerifier: proof.verifier },
      );
      const { id, username, global_name: name, avatar } = await this.profile(configuration, accessToken);
      const pictureUrl = avatar ? `https://cdn.discordapp.com/avatars/${id}/${avatar}.png` : null;
      return { identity: { kind: this.kind, subject: id, name: name ?? username, pictureUrl }, lastfmAccess: null };
    } catch (error) {
      this.logger.warn(`Discord: ${inWords(error)}`);
      throw providerFailure(error);
    }
  }

  private async profile(configuration: openid.Configuration, accessToken: string) {
    const url = new URL(`${this.config.discord.apiUrl}/v10/users/@me`);
    const response = await openid.fetchProtectedResource(configuration, accessToken, url, 'GET');
    const said: unknown = response.ok ? await response.json().catch(() => null) : null;
    const profile = profileSchema.safeParse(said);
    if (!profile.success) {
      throw new SignInUnavailableError();
    }
    return profile.data;
  }

  private configuration(): openid.Configuration {
    const { apiUrl, oauth } = this.config.discord;
    if (!oauth) {
      throw new SignInNotConfiguredError();
    }
    const server = {
      issuer: new URL(apiUrl).origin,
      authorization_endpoint: new URL('oauth2/authorize', apiUrl).href,
      token_endpoint: `${apiUrl}/oauth2/token`,
    };
    const authentication = openid.ClientSecretPost(oauth.clientSecret);
    const configuration = new openid.Configuration(server, oauth.clientId, undefined, authentication);
    configuration.timeout = TIMEOUT_SECONDS;
    if (apiUrl.startsWith('http:')) {
      // On this machine only: the configuration refuses it elsewhere.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it by accident
      openid.allowInsecureRequests(configuration);
    }
    return configuration;
  }
}
