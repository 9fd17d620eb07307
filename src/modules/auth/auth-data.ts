import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../common/clock.js';
import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import {
  type UserDataCount,
  type UserDataHolder,
  type UserMerge,
  UserDataRegistry,
} from '../../common/user-data/user-data-registry.js';

const TABLES = [
  'data_export',
  'notification',
  'api_token',
  'password_reset',
  'login_challenge',
  'sign_in_attempt',
  'login_session',
  'recovery_code',
  'second_factor',
  'identity',
];

const ENDED_BY_MERGE = [
  'data_export',
  'api_token',
  'password_reset',
  'login_challenge',
  'sign_in_attempt',
  'login_session',
  'recovery_code',
  'second_factor',
];

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'profile',
    about: 'who you are here, and what you let others see.',
    columns: {
      id: 'id',
      displayName: 'display_name',
      role: 'role',
      timeZone: 'time_zone',
      profilePublic: 'profile_public',
      statisticsPublic: 'statistics_public',
      createdAt: 'created_at',
    },
    from: 'app_user where id = $1',
    orderBy: 'id',
  },
  {
    name: 'ways-to-sign-in',
    about: 'how you can sign in. Of a password we know only whether there is one.',
    columns: {
      kind: 'kind',
      subject: 'subject',
      name: 'name',
      pictureUrl: 'picture_url',
      lastUsedAt: 'last_used_at',
      passwordSuspectedAt: 'password_suspected_at',
      createdAt: 'created_at',
    },
    from: 'identity where user_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'logins',
    about: 'the browsers that are signed in.',
    columns: {
      device: 'device',
      createdAt: 'created_at',
      lastUsedAt: 'last_used_at',
      expiresAt: 'expires_at',
      endedAt: 'ended_at',
    },
    from: 'login_session where user_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'personal-tokens',
    about: 'the programs you let in. The tokens themselves we do not know.',
    columns: { name: 'name', scopes: 'scopes', createdAt: 'created_at', lastUsedAt: 'last_used_at' },
    from: 'api_token where user_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'notifications',
    about: 'what we told you.',
    columns: { kind: 'kind', text: 'text', createdAt: 'created_at', readAt: 'read_at' },
    from: 'notification where user_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'second-factor',
    about: 'since when you sign in with a second factor. Its secret and the recovery codes are never handed out.',
    columns: { confirmedAt: 'confirmed_at', createdAt: 'created_at' },
    from: 'second_factor where user_id = $1',
    orderBy: 'created_at',
  },
];

/** What auth keeps about users: ways to sign in, second factors, login sessions, tokens, notifications, exports, proposed merges. */
@Injectable()
export class AuthData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(
    private readonly registry: UserDataRegistry,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    for (const table of TABLES) {
      await manager.query(`delete from ${table} where user_id = $1`, [userId]);
    }
    await manager.query('delete from user_merge where $1 in (from_user_id, into_user_id)', [userId]);
  }

  /**
   * Ways in and notifications move; login sessions, tokens and second factor end, since who holds them was let in as
   * somebody else. A user has one password: where both have one, the other one's ends.
   */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    for (const table of ENDED_BY_MERGE) {
      await manager.query(`delete from ${table} where user_id = $1`, [fromUserId]);
    }
    await manager.query(
      `delete from identity where user_id = $1 and kind = 'password'
          and exists (select from identity where user_id = $2 and kind = 'password')`,
      [fromUserId, intoUserId],
    );
    // Added here only now: whoever disowns the login in which two users became one gets rid of them, too.
    await manager.query('update identity set user_id = $2, created_at = $3 where user_id = $1', [
      fromUserId,
      intoUserId,
      this.clock.now(),
    ]);
    await manager.query(
      `delete from notification told using notification again
        where told.user_id = $1 and again.user_id = $2 and again.dedupe_key = told.dedupe_key`,
      [fromUserId, intoUserId],
    );
    await manager.query('update notification set user_id = $2 where user_id = $1', [fromUserId, intoUserId]);
    await manager.query('delete from user_merge where done_at is null and $1 in (from_user_id, into_user_id)', [
      fromUserId,
    ]);
    await manager.query('delete from user_merge where into_user_id = $1', [fromUserId]);
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const rows: Array<{ count: number }> = await manager.query(
      'select count(*)::int as count from notification where user_id = $1',
      [userId],
    );
    return [{ what: 'notifications', count: rows[0]?.count ?? 0 }];
  }
}
