import { Injectable } from '@nestjs/common';

import type { UserId } from '../../common/ids.js';
import { LABEL_OF, type PlatformName } from './platform-playlist.js';
import { SpotifyExpiredError, SpotifyNotConfiguredError, SpotifyNotConnectedError } from './platforms.errors.js';
import type { PlatformAccount } from './spotify/platform-account.entity.js';
import { SpotifyAccounts } from './spotify/spotify-accounts.service.js';
import { SpotifyAuthorization } from './spotify/spotify-authorization.js';

/** How a user stands with a platform. */
export interface PlatformStanding {
  platform: PlatformName;
  label: string;
  state: 'ready' | 'not_configured' | 'not_connected' | 'connected' | 'expired';
  /** What to do, for people; null: nothing. */
  hint: string | null;
  account: Pick<PlatformAccount, 'name' | 'connectedAt' | 'consentEndsAt'> | null;
}

@Injectable()
export class PlatformStandings {
  constructor(
    private readonly authorization: SpotifyAuthorization,
    private readonly accounts: SpotifyAccounts,
  ) {}

  async of(userId: UserId): Promise<PlatformStanding[]> {
    const account = await this.accounts.find(userId);
    const deezer = { platform: 'deezer', label: LABEL_OF.deezer, state: 'ready', hint: null, account: null } as const;
    return [{ platform: 'spotify', label: LABEL_OF.spotify, ...this.stateOf(account), account }, deezer];
  }

  private stateOf(account: PlatformAccount | null): Pick<PlatformStanding, 'state' | 'hint'> {
    if (!this.authorization.isConfigured) {
      return { state: 'not_configured', hint: new SpotifyNotConfiguredError().message };
    }
    if (!account) {
      return { state: 'not_connected', hint: new SpotifyNotConnectedError().message };
    }
    return account.state === 'expired'
      ? { state: 'expired', hint: new SpotifyExpiredError().message }
      : { state: 'connected', hint: null };
  }
}
