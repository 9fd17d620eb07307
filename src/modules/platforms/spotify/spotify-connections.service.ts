import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { UserId } from '../../../common/ids.js';
import {
  SpotifyConnectCancelledError,
  SpotifyConnectForeignError,
  SpotifyConnectRefusedError,
} from '../platforms.errors.js';
import { SpotifyAccounts } from './spotify-accounts.service.js';
import { type ConnectProof, GrantRefusedError, SpotifyAuthorization } from './spotify-authorization.js';
import { SpotifyClient } from './spotify-client.js';
import { spotifyProfile } from './spotify-replies.js';

/** Sends people to Spotify, and connects the account of whoever comes back. */
@Injectable()
export class SpotifyConnections {
  constructor(
    private readonly authorization: SpotifyAuthorization,
    private readonly client: SpotifyClient,
    private readonly accounts: SpotifyAccounts,
  ) {}

  /**
   * Where to send the browser.
   * @param secret what this browser alone holds, and for this attempt only
   * @throws SpotifyNotConfiguredError
   */
  depart(userId: UserId, secret: string): Promise<string> {
    return this.authorization.addressFor(proofOf(userId, secret));
  }

  /**
   * @param secret of the browser that came back; empty where it brought none
   * @param answer the query that Spotify sent it with
   * @throws SpotifyConnectForeignError, SpotifyConnectCancelledError, SpotifyConnectRefusedError, SpotifyRefusedError,
   * PlatformUnavailableError
   */
  async arrive(userId: UserId, secret: string, answer: URLSearchParams): Promise<void> {
    const proof = proofOf(userId, secret);
    if (secret === '' || answer.get('state') !== proof.state) {
      throw new SpotifyConnectForeignError();
    }
    if (answer.get('error') === 'access_denied') {
      throw new SpotifyConnectCancelledError();
    }
    const { refreshToken, ...tokens } = await this.redeem(answer, proof);
    const profile = await this.client.getWith(tokens.accessToken, '/me', spotifyProfile);
    if (!profile || refreshToken === null) {
      throw new SpotifyConnectRefusedError();
    }
    const { id, display_name: name } = profile;
    await this.accounts.connect(userId, { externalId: id, name: name ?? id }, { ...tokens, refreshToken });
  }

  private async redeem(answer: URLSearchParams, proof: ConnectProof) {
    try {
      return await this.authorization.redeem(answer, proof);
    } catch (error) {
      throw error instanceof GrantRefusedError ? new SpotifyConnectRefusedError() : error;
    }
  }
}

/** Both follow from what only the browser holds and from who is signed in: nothing of an attempt is kept here. */
function proofOf(userId: UserId, secret: string): ConnectProof {
  const derive = (purpose: string) => createHash('sha256').update(`${purpose}.${userId}.${secret}`).digest('base64url');
  return { state: derive('state'), verifier: derive('verifier') };
}
