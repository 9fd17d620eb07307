import type { PanelTable } from './panel-table.js';

/** To be looked at only: a link to Last.fm is its user's to make and to end. */
export const lastfmAccountsTable: PanelTable = {
  id: 'lastfm-accounts',
  label: 'Last.fm accounts',
  group: 'People',
  icon: 'Link',
  role: 'moderator',
  from: 'lastfm_account a',
  key: 'a.user_id::text',
  keyIs: 'uuid',
  byKey: 'a.user_id = $1::uuid',
  title: 'username',
  order: 'linkedAt',
  columns: {
    username: { label: 'Username', sql: 'a.username', type: 'string', isSearched: true, isListed: true },
    userId: { label: 'User', sql: 'a.user_id', type: 'string', of: 'users', isSearched: true, isListed: true },
    state: {
      label: 'State',
      sql: 'a.state',
      type: 'string',
      values: ['linked', 'rejected'],
      isSearched: true,
      isListed: true,
    },
    scrobblingEnabled: { label: 'Scrobbling on', sql: 'a.scrobbling_enabled', type: 'boolean', isListed: true },
    waiting: {
      label: 'Scrobbles waiting',
      sql: `(select count(*)::int from delivery d where d.user_id = a.user_id and d.state in ('queued', 'held', 'sending'))`,
      type: 'number',
    },
    rejectedAt: { label: 'Key rejected', sql: 'a.rejected_at', type: 'datetime' },
    profileChecks: { label: 'Profile checked daily', sql: 'a.profile_checks', type: 'boolean' },
    profileCheckedAt: { label: 'Last checked', sql: 'a.profile_checked_at', type: 'datetime' },
    linkedAt: { label: 'Linked', sql: 'a.linked_at', type: 'datetime', isListed: true },
  },
  actions: [],
};
