import { Injectable } from '@nestjs/common';

import { AppConfig } from '../../../../config/app-config.js';
import { LastfmAccessGrants } from '../../../lastfm/index.js';
import type { SignInTrip } from '../sign-in-trip.js';
import { SignInCancelledError } from '../sign-in.errors.js';
import { callbackAddress } from './callback-address.js';
import type { SignInProvider, Vouched } from './sign-in-provider.js';

/**
 * Last.fm's web authentication, as a way in. It has no `state`, nonce or PKCE of its own: our state travels inside the
 * callback address.
 * @see https://www.last.fm/api/webauth
 */
@Injectable()
export class LastfmProvider implements SignInProvider {
  readonly kind = 'lastfm' as const;
  readonly label = 'Last.fm';
  readonly isConfigured = true;

  constructor(
    private readonly config: AppConfig,
    private readonly grants: LastfmAccessGrants,
  ) {}

  addressFor({ proof }: SignInTrip): Promise<string> {
    const { authUrl, apiKey } = this.config.lastfm;
    const callback = callbackAddress(this.config, this.kind);
    callback.searchParams.set('state', proof.state);
    const url = new URL(authUrl);
    url.searchParams.set('api_key', apiKey);
    url.searchParams.set('cb', callback.href);
    return Promise.resolve(url.href);
  }

  async identify(_trip: SignInTrip, answer: URLSearchParams): Promise<Vouched> {
    const token = answer.get('token') ?? '';
    if (token === '') {
      throw new SignInCancelledError();
    }
    const lastfmAccess = await this.grants.exchange(token);
    const { username } = lastfmAccess;
    const subject = username.toLowerCase();
    return { identity: { kind: this.kind, subject, name: username, pictureUrl: null }, lastfmAccess };
  }
}
