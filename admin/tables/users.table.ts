import { z } from 'zod';

import type { UserId } from '../../src/common/ids.js';
import { USER_ROLES, UserModeration } from '../../src/modules/auth/index.js';
import { action, type PanelAction, type PanelTable } from './panel-table.js';
import type { Services } from './services.js';

const NOTHING = z.object({});
const REASON = z.object({ reason: z.string().trim().min(1, 'Say why, in a few words.').max(300) });

const COLUMNS: PanelTable['columns'] = {
  displayName: { label: 'Name', sql: 'u.display_name', type: 'string', isSearched: true, isListed: true },
  email: {
    label: 'E-mail address',
    sql: `(select i.name from identity i where i.user_id = u.id and i.kind = 'password' limit 1)`,
    type: 'string',
    isSearched: true,
    isListed: true,
  },
  lastfm: {
    label: 'Last.fm',
    sql: '(select a.username from lastfm_account a where a.user_id = u.id)',
    type: 'string',
    isSearched: true,
    isListed: true,
  },
  role: { label: 'Role', sql: 'u.role', type: 'string', values: USER_ROLES, isSearched: true, isListed: true },
  secondFactor: {
    label: 'Second factor',
    sql: 'exists (select from second_factor f where f.user_id = u.id and f.confirmed_at is not null)',
    type: 'boolean',
  },
  isSuspended: {
    label: 'Suspended',
    sql: '(u.suspended_at is not null)',
    type: 'boolean',
    isSearched: true,
    isListed: true,
  },
  suspendedAt: { label: 'Suspended since', sql: 'u.suspended_at', type: 'datetime' },
  timeZone: { label: 'Time zone', sql: 'u.time_zone', type: 'string' },
  logins: {
    label: 'Browsers signed in',
    sql: '(select count(*)::int from login_session l where l.user_id = u.id and l.ended_at is null)',
    type: 'number',
  },
  tokens: {
    label: 'Personal tokens',
    sql: '(select count(*)::int from api_token t where t.user_id = u.id)',
    type: 'number',
  },
  createdAt: { label: 'Signed up', sql: 'u.created_at', type: 'datetime', isListed: true },
};

export function usersTable(services: Services): PanelTable {
  return {
    id: 'users',
    label: 'Users',
    group: 'People',
    icon: 'Users',
    role: 'moderator',
    from: 'app_user u',
    key: 'u.id::text',
    keyIs: 'uuid',
    byKey: 'u.id = $1::uuid',
    title: 'displayName',
    order: 'createdAt',
    columns: COLUMNS,
    actions: [...suspension(services(UserModeration)), ...others(services(UserModeration))],
  };
}

function nameOf({ displayName }: Readonly<Record<string, unknown>>): string {
  return String(displayName);
}

function suspension(moderation: UserModeration): PanelAction[] {
  return [
    action({
      name: 'suspend',
      label: 'Suspend',
      icon: 'Slash',
      role: 'moderator',
      on: 'row',
      about:
        'Signs out every browser, revokes every personal token, stops the auto-scrobble and voice scrobbles, and lets nobody sign in to this account until the suspension is lifted. Nothing is deleted.',
      fields: [{ name: 'reason', label: 'Why' }],
      input: REASON,
      isOffered: ({ isSuspended }) => isSuspended === false,
      async run({ by, id, row, input }) {
        await moderation.suspend(by, id as UserId, input.reason);
        return `${nameOf(row)} is suspended.`;
      },
    }),
    action({
      name: 'liftSuspension',
      label: 'Lift suspension',
      icon: 'Check',
      role: 'moderator',
      on: 'row',
      about: 'Lets them sign in again. They make new personal tokens themselves.',
      fields: [],
      input: NOTHING,
      isOffered: ({ isSuspended }) => isSuspended === true,
      async run({ by, id, row }) {
        await moderation.lift(by, id as UserId);
        return `${nameOf(row)} can sign in again.`;
      },
    }),
  ];
}

function others(moderation: UserModeration): PanelAction[] {
  return [
    action({
      name: 'resetLogins',
      label: 'Reset logins',
      icon: 'LogOut',
      role: 'moderator',
      on: 'row',
      about:
        'Signs out every browser and revokes every personal token, for instance when somebody else may have them. The password stays.',
      fields: [],
      input: NOTHING,
      async run({ by, id, row }) {
        await moderation.resetLogins(by, id as UserId);
        return `Every login of ${nameOf(row)} has ended.`;
      },
    }),
    action({
      name: 'changeRole',
      label: 'Change role',
      icon: 'Award',
      role: 'admin',
      on: 'row',
      about: 'Counts from their next request on. Moderators and administrators also need a second factor.',
      fields: [{ name: 'role', label: 'Role', choices: USER_ROLES }],
      input: z.object({ role: z.enum(USER_ROLES) }),
      async run({ by, id, row, input }) {
        await moderation.changeRole(by, id as UserId, input.role);
        return `${nameOf(row)} is ${input.role} now.`;
      },
    }),
  ];
}
