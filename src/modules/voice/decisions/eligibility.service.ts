import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import type { UserId } from '../../../common/ids.js';
import { Identities } from '../../auth/index.js';
import { type LastfmAccount, LastfmAccountsService } from '../../lastfm/index.js';
import { refusalAt } from '../consent/refusal-at.js';
import type { VoiceConsent } from '../consent/voice-consent.entity.js';
import { VoiceConsents } from '../consent/voice-consents.service.js';
import type { Playback } from '../playbacks/playback.entity.js';
import type { Exclusion } from './decision-reason.js';

/** What is known of some Discord users at one moment. */
export interface KnownListeners {
  users: ReadonlyMap<string, UserId>;
  accounts: ReadonlyMap<UserId, LastfmAccount>;
  consents: ReadonlyMap<UserId, readonly VoiceConsent[]>;
}

/** Who wants scrobbles from a playback: linked and enabled since before it started, and consenting to the place. */
@Injectable()
export class Eligibility {
  constructor(
    private readonly identities: Identities,
    private readonly accounts: LastfmAccountsService,
    private readonly consents: VoiceConsents,
    private readonly clock: Clock,
  ) {}

  /** Who these Discord users are here; a stranger is missing. */
  findUsers(manager: EntityManager, discordUserIds: readonly string[]): Promise<Map<string, UserId>> {
    return this.identities.findUserIds(manager, 'discord', discordUserIds);
  }

  /** Their accounts and choices as a transaction of the caller sees them. */
  async look(manager: EntityManager, users: ReadonlyMap<string, UserId>): Promise<KnownListeners> {
    const userIds = [...new Set(users.values())];
    return {
      users,
      accounts: await this.accounts.findManyWithin(manager, userIds),
      consents: await this.consents.findWithin(manager, userIds),
    };
  }

  /** Why a listener is left out; null: they are not. A rejected key is no reason: the play waits in the ledger. */
  exclusionOf(
    discordUserId: string,
    playback: Playback,
    { users, accounts, consents }: KnownListeners,
  ): Exclusion | null {
    const userId = users.get(discordUserId);
    const account = userId && accounts.get(userId);
    if (!account) {
      return 'not_linked';
    }
    if (account.sameSince > playback.startedAt) {
      return 'linked_during';
    }
    if (!account.scrobblingEnabled) {
      return 'disabled';
    }
    return refusalAt(consents.get(userId) ?? [], playback, this.clock.now());
  }
}
