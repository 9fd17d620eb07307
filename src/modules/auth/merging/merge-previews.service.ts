import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { type UserDataCount, UserDataRegistry } from '../../../common/user-data/user-data-registry.js';
import { LastfmAccountsService } from '../../lastfm/index.js';
import { Identity, type IdentityKind } from '../identities/identity.entity.js';
import { User } from '../users/user.entity.js';
import { UserMergeNotFoundError } from './merging.errors.js';
import type { UserMergeProposal } from './user-merge.entity.js';

/** One of two users, as far as their person has to know before they become one. */
export interface MergeSide {
  displayName: string;
  createdAt: Date;
  waysIn: Array<{ kind: IdentityKind; name: string }>;
  /** `waiting`: scrobbles that wait for it or are on their way to it. */
  lastfm: { username: string; waiting: number } | null;
  counts: UserDataCount[];
}

/** Tells what a merge would do. */
@Injectable()
export class MergePreviews {
  constructor(
    private readonly manager: EntityManager,
    private readonly registry: UserDataRegistry,
    private readonly accounts: LastfmAccountsService,
  ) {}

  async of({ intoUserId, fromUserId }: UserMergeProposal): Promise<{ into: MergeSide; from: MergeSide }> {
    return { into: await this.sideOf(intoUserId), from: await this.sideOf(fromUserId) };
  }

  private async sideOf(userId: UserId): Promise<MergeSide> {
    const user = await this.manager.findOneBy(User, { id: userId });
    if (!user) {
      throw new UserMergeNotFoundError();
    }
    const identities = await this.manager.find(Identity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
    const account = await this.accounts.find(userId);
    const { queued, held } = await this.accounts.countWaiting(userId);
    return {
      displayName: user.displayName,
      createdAt: user.createdAt,
      waysIn: identities.map(({ kind, name }) => ({ kind, name })),
      lastfm: account && { username: account.username, waiting: queued + held },
      counts: await this.registry.countFor(this.manager, userId),
    };
  }
}
