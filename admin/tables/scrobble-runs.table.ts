import { z } from 'zod';

import type { ScrobbleRunId, UserId } from '../../src/common/ids.js';
import { ScrobblingModeration } from '../../src/modules/scrobbling/index.js';
import { action, type PanelAction, type PanelRow, type PanelTable } from './panel-table.js';
import type { Services } from './services.js';

const STATES = ['running', 'paused', 'completed', 'stopped'];
const NOTHING = z.object({});
const userOf = ({ userId }: PanelRow): UserId => userId as UserId;

const COLUMNS: PanelTable['columns'] = {
  playlist: { label: 'Playlist', sql: 'r.playlist_title', type: 'string', isSearched: true, isListed: true },
  userId: { label: 'User', sql: 'r.user_id', type: 'string', of: 'users', isSearched: true, isListed: true },
  state: { label: 'State', sql: 'r.state', type: 'string', values: STATES, isSearched: true, isListed: true },
  pausedReason: { label: 'Paused because', sql: 'r.paused_reason', type: 'string' },
  pace: { label: 'Pace', sql: 'r.pace', type: 'string' },
  order: { label: 'Order', sql: 'r.track_order', type: 'string' },
  repeat: { label: 'Repeats', sql: 'r.repeat', type: 'boolean' },
  position: { label: 'Played', sql: 'r.position', type: 'number', isListed: true },
  trackCount: { label: 'Tracks', sql: 'r.track_count', type: 'number', isListed: true },
  pass: { label: 'Whole rounds', sql: 'r.pass', type: 'number' },
  nextDueAt: { label: 'Next track due', sql: 'r.next_due_at', type: 'datetime' },
  startedAt: { label: 'Started', sql: 'r.started_at', type: 'datetime', isListed: true },
  finishedAt: { label: 'Finished', sql: 'r.finished_at', type: 'datetime' },
};

export function scrobbleRunsTable(services: Services): PanelTable {
  return {
    id: 'scrobble-runs',
    label: 'Auto-scrobbles',
    group: 'Scrobbling',
    icon: 'PlayCircle',
    role: 'moderator',
    from: 'scrobble_run r',
    key: 'r.id::text',
    keyIs: 'uuid',
    byKey: 'r.id = $1::uuid',
    title: 'playlist',
    order: 'startedAt',
    columns: COLUMNS,
    actions: actions(services),
  };
}

function actions(services: Services): PanelAction[] {
  const moderation = services(ScrobblingModeration);
  return [
    action({
      name: 'pause',
      label: 'Pause',
      icon: 'Pause',
      role: 'moderator',
      on: 'row',
      about: 'It stands still until its user lets it go on.',
      fields: [],
      input: NOTHING,
      isOffered: ({ state }) => state === 'running',
      async run({ by, id, row }) {
        await moderation.pauseRun(by, userOf(row), id as ScrobbleRunId);
        return 'The auto-scrobble is paused.';
      },
    }),
    action({
      name: 'stop',
      label: 'Stop',
      icon: 'Square',
      role: 'moderator',
      on: 'row',
      about: 'It ends for good. Its user can start another one.',
      fields: [],
      input: NOTHING,
      isOffered: ({ state }) => state === 'running' || state === 'paused',
      async run({ by, id, row }) {
        await moderation.stopRun(by, userOf(row), id as ScrobbleRunId);
        return 'The auto-scrobble is stopped.';
      },
    }),
  ];
}
