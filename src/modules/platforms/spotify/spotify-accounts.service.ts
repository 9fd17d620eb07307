import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto/secret-box.js';
import type { UserId } from '../../../common/ids.js';
import { type Transaction, UnitOfWork } from '../../../events/unit-of-work.js';
import { NotificationsService } from '../../auth/index.js';
import { SpotifyExpiredError, SpotifyNotConnectedError } from '../platforms.errors.js';
import {
  PlatformAccount,
  SEALED_ACCESS_TOKEN,
  SEALED_REFRESH_TOKEN,
  type SealedTokens,
} from './platform-account.entity.js';
import { GrantRefusedError, SpotifyAuthorization, type SpotifyTokens } from './spotify-authorization.js';

/** So long before Spotify ends a connection its person hears of it. */
const WARNED_BEFORE_MS = 14 * 24 * 60 * 60_000;

const OF_SPOTIFY = { platform: 'spotify' } as const;

/** Spotify accounts that users have connected, and the tokens by which we read them. */
@Injectable()
export class SpotifyAccounts {
  constructor(
    @InjectRepository(PlatformAccount) private readonly accounts: Repository<PlatformAccount>,
    private readonly authorization: SpotifyAuthorization,
    private readonly notifications: NotificationsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  find(userId: UserId): Promise<PlatformAccount | null> {
    return this.accounts.findOneBy({ userId, ...OF_SPOTIFY });
  }

  /** @throws SpotifyNotConnectedError, SpotifyExpiredError */
  async require(userId: UserId): Promise<PlatformAccount> {
    return requireConnected(await this.find(userId));
  }

  /** The person has agreed: anew, or once more. Whatever account there was is this one now. */
  async connect(
    userId: UserId,
    profile: { externalId: string; name: string },
    tokens: SpotifyTokens & { refreshToken: string },
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const empty = PlatformAccount.of(userId);
      // Whoever connects twice at once waits here for the other.
      await tx.manager.query('select from app_user where id = $1 for no key update', [userId]);
      const account = (await lock(tx, userId)) ?? empty;
      account.connect(profile, this.seal(account, tokens, tokens.refreshToken), this.clock.now());
      await tx.manager.save(account);
      await tx.updateLive(userId, { kind: 'platform-account' });
    });
  }

  /** Forgets it; asking again changes nothing. What was imported stays. */
  async disconnect(userId: UserId): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.manager.delete(PlatformAccount, { userId, ...OF_SPOTIFY });
      await tx.updateLive(userId, { kind: 'platform-account' });
    });
  }

  /** A token that is good for a call now. @throws SpotifyNotConnectedError, SpotifyExpiredError, PlatformUnavailableError */
  async accessTokenOf(userId: UserId): Promise<string> {
    const account = await this.require(userId);
    const usable = account.usableAccess(this.clock.now());
    return usable === null ? this.renew(userId, null) : this.secretBox.open(usable, accessContext(account));
  }

  /**
   * A new token for one that has ended or that Spotify has refused. Refresh tokens are good once, so whoever asks at the
   * same moment waits behind the row's lock and gets what the first one got. See ADR 25.
   * @param refused the access token that was of no use; null: it has ended
   * @throws as `accessTokenOf`
   */
  async renew(userId: UserId, refused: string | null): Promise<string> {
    const renewed = await this.unitOfWork.run(async (tx) => {
      const account = requireConnected(await lock(tx, userId));
      const usable = account.usableAccess(this.clock.now());
      const current = usable === null ? null : this.secretBox.open(usable, accessContext(account));
      return current !== null && current !== refused ? current : this.refresh(tx, account);
    });
    if (renewed === null) {
      throw new SpotifyExpiredError();
    }
    return renewed;
  }

  /** Tells everybody, once, whose connection Spotify will end soon. */
  async warnOfEnds(): Promise<void> {
    const now = this.clock.now();
    const soon = await this.accounts.findBy({
      state: 'connected',
      consentEndsAt: Between(now, new Date(now.getTime() + WARNED_BEFORE_MS)),
    });
    for (const { userId, consentEndsAt } of soon) {
      const day = consentEndsAt.toISOString().slice(0, 10);
      const text = `Spotify ends our access to your account on ${day}, six months after you agreed. Connect it again in your settings to go on.`;
      await this.notifications.tell(userId, 'spotify-ending', text, `spotify-ending:${consentEndsAt.toISOString()}`);
    }
  }

  /** @returns null where Spotify has ended the connection */
  private async refresh(tx: Transaction, account: PlatformAccount): Promise<string | null> {
    const shown = this.secretBox.open(account.refreshToken ?? '', refreshContext(account));
    try {
      const tokens = await this.authorization.refresh(shown);
      account.renew(this.seal(account, tokens, tokens.refreshToken ?? shown));
      await tx.manager.save(account, { reload: false });
      return tokens.accessToken;
    } catch (error) {
      if (!(error instanceof GrantRefusedError)) {
        throw error;
      }
      await this.expire(tx, account);
      return null;
    }
  }

  private async expire(tx: Transaction, account: PlatformAccount): Promise<void> {
    const { userId, connectedAt } = account;
    account.expire();
    await tx.manager.save(account, { reload: false });
    await this.notifications.tellWithin(tx, {
      userId,
      kind: 'spotify-ended',
      text: 'Spotify no longer lets us read your account. Connect it again in your settings.',
      dedupeKey: `spotify-ended:${connectedAt.toISOString()}`,
    });
    await tx.updateLive(userId, { kind: 'platform-account' });
  }

  private seal(
    account: PlatformAccount,
    { accessToken, expiresInSeconds, scope }: SpotifyTokens,
    refreshToken: string,
  ): SealedTokens {
    return {
      accessToken: this.secretBox.seal(accessToken, accessContext(account)),
      accessEndsAt: new Date(this.clock.now().getTime() + expiresInSeconds * 1000),
      refreshToken: this.secretBox.seal(refreshToken, refreshContext(account)),
      scope: scope === '' ? account.scope : scope,
    };
  }
}

const accessContext = ({ id }: PlatformAccount) => SEALED_ACCESS_TOKEN.contextOf(id);
const refreshContext = ({ id }: PlatformAccount) => SEALED_REFRESH_TOKEN.contextOf(id);

function lock({ manager }: Transaction, userId: UserId): Promise<PlatformAccount | null> {
  return manager.findOne(PlatformAccount, {
    where: { userId, ...OF_SPOTIFY },
    lock: { mode: 'pessimistic_write' },
  });
}

function requireConnected(account: PlatformAccount | null): PlatformAccount {
  if (!account) {
    throw new SpotifyNotConnectedError();
  }
  if (account.state === 'expired') {
    throw new SpotifyExpiredError();
  }
  return account;
}
