import { createHash, randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto/secret-box.js';
import { type LastfmHandshakeId, newId, type UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { type GrantedAccess, LastfmAccountsService, type Replacement } from '../accounts/lastfm-accounts.service.js';
import {
  ForeignConfirmationError,
  HandshakeExpiredError,
  HandshakeNotFoundError,
  HandshakeUsedError,
} from '../lastfm.errors.js';
import { LastfmHandshake, SEALED_HANDSHAKE_KEY } from './lastfm-handshake.entity.js';
import { LastfmAccessGrants } from './lastfm-access-grants.service.js';

const LIFETIME_MS = 60 * 60_000;

export interface StartedHandshake {
  /** Where to send the browser. */
  url: string;
  state: string;
  expiresAt: Date;
}

export type HandshakeOutcome =
  | { kind: 'linked'; username: string }
  /** Another user has the account, and the person in front of the browser has just proven that it is theirs. */
  | { kind: 'taken'; username: string; userId: UserId; ownerId: UserId }
  /** The person in front of the browser has to say yes to what `describe` tells, showing this secret. */
  | { kind: 'to-confirm'; confirmation: string };

/** What the person is asked to say yes to. */
interface PendingLink {
  userId: UserId;
  username: string;
  /** The username that is linked so far, if it is another one. */
  replaces: string | null;
  expiresAt: Date;
}

const secret = (): string => randomBytes(32).toString('base64url');
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Last.fm's web authentication. It has no `state` of its own, so ours travels inside the callback address.
 * @see https://www.last.fm/api/webauth
 */
@Injectable()
export class LastfmHandshakesService {
  constructor(
    @InjectRepository(LastfmHandshake) private readonly handshakes: Repository<LastfmHandshake>,
    private readonly accounts: LastfmAccountsService,
    private readonly grants: LastfmAccessGrants,
    private readonly secretBox: SecretBox,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async start(userId: UserId): Promise<StartedHandshake> {
    const { authUrl, apiKey, callbackUrl } = this.config.lastfm;
    const state = secret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    await this.handshakes.insert({
      id: newId() as LastfmHandshakeId,
      stateHash: hashOf(state),
      userId,
      step: 'pending',
      createdAt: now,
      expiresAt,
    });
    const callback = new URL(callbackUrl);
    callback.searchParams.set('state', state);
    const url = new URL(authUrl);
    url.searchParams.set('api_key', apiKey);
    url.searchParams.set('cb', callback.href);
    return { url: url.href, state, expiresAt };
  }

  /**
   * The browser came back with a token. If it is signed in as the one who started, the account is linked, unless
   * another one is linked already: then the person is asked, and also when another user has it. Any other browser has to confirm first, or someone could be
   * talked into linking their Last.fm account to a stranger's user.
   * @throws HandshakeNotFoundError, HandshakeExpiredError, HandshakeUsedError, and what the exchange and the link throw
   */
  async complete(state: string, token: string, caller: UserId | null): Promise<HandshakeOutcome> {
    const handshake = await this.claim(state);
    const granted = await this.exchange(handshake, token);
    const ownerId = caller === handshake.userId ? await this.accounts.findOtherOwner(caller, granted.username) : null;
    if (ownerId !== null) {
      await this.finish(handshake.id);
      return { kind: 'taken', username: granted.username, userId: handshake.userId, ownerId };
    }
    const replaced = await this.accounts.findReplaced(handshake.userId, granted.username);
    if (caller === handshake.userId && !replaced) {
      await this.finish(handshake.id);
      await this.accounts.link(handshake.userId, granted);
      return { kind: 'linked', username: granted.username };
    }
    const confirmation = secret();
    await this.handshakes.update(
      { id: handshake.id },
      {
        step: 'to-confirm',
        lastfmUsername: granted.username,
        sessionKey: this.secretBox.seal(granted.sessionKey, SEALED_HANDSHAKE_KEY.contextOf(handshake.id)),
        confirmationHash: hashOf(confirmation),
      },
    );
    return { kind: 'to-confirm', confirmation };
  }

  /** Which accounts a waiting confirmation would join, and which one it would replace. @throws as `confirm` */
  async describe(state: string, confirmation: string, caller: UserId | null): Promise<PendingLink> {
    const { userId, lastfmUsername, expiresAt } = await this.requireToConfirm(state, confirmation);
    const username = lastfmUsername ?? '';
    const replaced = caller === userId ? await this.accounts.findReplaced(userId, username) : null;
    return { userId, username, replaces: replaced?.username ?? null, expiresAt };
  }

  /**
   * The person in front of the browser said yes to the names they were shown.
   * @param replacement counts only from the user themselves: nobody else may move their scrobbles elsewhere
   * @throws LastfmUsernameDiffersError when a replacement is needed; it can still be confirmed with one
   * @throws ForeignConfirmationError and as `complete`
   */
  async confirm(
    state: string,
    confirmation: string,
    caller: UserId | null,
    replacement?: Replacement,
  ): Promise<string> {
    const { id, userId, lastfmUsername, sessionKey } = await this.requireToConfirm(state, confirmation);
    const consent = caller === userId ? replacement : undefined;
    await this.accounts.requireConsent(userId, lastfmUsername ?? '', consent);
    const { affected } = await this.handshakes.update(
      { id, step: 'to-confirm' },
      { step: 'used', sessionKey: null, confirmationHash: null },
    );
    if (!affected || lastfmUsername === null || sessionKey === null) {
      throw new HandshakeUsedError();
    }
    const granted = {
      username: lastfmUsername,
      sessionKey: this.secretBox.open(sessionKey, SEALED_HANDSHAKE_KEY.contextOf(id)),
    };
    await this.accounts.link(userId, granted, consent);
    return lastfmUsername;
  }

  async purgeExpired(): Promise<void> {
    await this.handshakes.delete({ expiresAt: LessThan(this.clock.now()) });
  }

  /** Of two requests with the same state one gets the handshake. */
  private async claim(state: string): Promise<LastfmHandshake> {
    const handshake = await this.requireUnexpired(state);
    const { affected } = await this.handshakes.update({ id: handshake.id, step: 'pending' }, { step: 'exchanging' });
    if (!affected) {
      throw new HandshakeUsedError();
    }
    return handshake;
  }

  /** A refused token or a silent Last.fm leaves the handshake good for another try. */
  private async exchange({ id }: LastfmHandshake, token: string): Promise<GrantedAccess> {
    try {
      return await this.grants.exchange(token);
    } catch (error) {
      await this.handshakes.update({ id }, { step: 'pending' });
      throw error;
    }
  }

  private async finish(id: LastfmHandshakeId): Promise<void> {
    await this.handshakes.update({ id }, { step: 'used' });
  }

  private async requireToConfirm(state: string, confirmation: string): Promise<LastfmHandshake> {
    const handshake = await this.requireUnexpired(state);
    if (handshake.step !== 'to-confirm') {
      throw new HandshakeUsedError();
    }
    if (handshake.confirmationHash !== hashOf(confirmation)) {
      throw new ForeignConfirmationError();
    }
    return handshake;
  }

  private async requireUnexpired(state: string): Promise<LastfmHandshake> {
    const handshake = await this.handshakes.findOneBy({ stateHash: hashOf(state) });
    if (!handshake) {
      throw new HandshakeNotFoundError();
    }
    if (handshake.expiresAt <= this.clock.now()) {
      throw new HandshakeExpiredError();
    }
    return handshake;
  }
}
