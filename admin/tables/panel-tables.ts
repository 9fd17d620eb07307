import { auditTrailTable } from './audit-trail.table.js';
import { botKeysTable } from './bot-keys.table.js';
import { jobsTable } from './jobs.table.js';
import { lastfmAccountsTable } from './lastfm-accounts.table.js';
import type { PanelTable } from './panel-table.js';
import { playlistsTable } from './playlists.table.js';
import { scrobbleRunsTable } from './scrobble-runs.table.js';
import { scrobblesTable } from './scrobbles.table.js';
import type { Services } from './services.js';
import { usersTable } from './users.table.js';

/** Everything the panel shows, as it stands in its menu. */
export function panelTables(services: Services): PanelTable[] {
  return [
    usersTable(services),
    lastfmAccountsTable,
    scrobbleRunsTable(services),
    scrobblesTable(services),
    playlistsTable,
    jobsTable(services),
    botKeysTable(services),
    auditTrailTable,
  ];
}
