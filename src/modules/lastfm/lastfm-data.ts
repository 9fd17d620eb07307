import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'lastfm-account',
    about: 'the Last.fm account that is linked, and what Last.fm said of it.',
    columns: {
      username: 'username',
      state: 'state',
      scrobblingEnabled: 'scrobbling_enabled',
      linkedAt: 'linked_at',
      sameSince: 'same_since',
      rejectedAt: 'rejected_at',
      profileChecks: 'profile_checks',
      retriesVoice: 'retries_voice',
      profileCheckedAt: 'profile_checked_at',
      profile: 'profile',
    },
    from: 'lastfm_account where user_id = $1',
    orderBy: 'user_id',
  },
  {
    name: 'lastfm-handshakes',
    about: 'attempts to link Last.fm that are not over yet.',
    columns: { step: 'step', username: 'lastfm_username', createdAt: 'created_at', expiresAt: 'expires_at' },
    from: 'lastfm_handshake where user_id = $1',
    orderBy: 'created_at, id',
  },
];

/** What lastfm keeps about users: the account with its session key, and handshakes. */
@Injectable()
export class LastfmData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from lastfm_handshake where user_id = $1', [userId]);
    await manager.query('delete from lastfm_account where user_id = $1', [userId]);
  }

  /** A handshake under way ends: start again. The account has been moved or let go of by `LastfmAccountMerges` before. */
  async mergeInto(manager: EntityManager, { fromUserId }: UserMerge): Promise<void> {
    await manager.query('delete from lastfm_handshake where user_id = $1', [fromUserId]);
  }
}
