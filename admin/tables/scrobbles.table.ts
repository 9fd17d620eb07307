import { z } from 'zod';

import type { ScrobbleId, UserId } from '../../src/common/ids.js';
import { DELIVERY_STATES, ScrobblingModeration } from '../../src/modules/scrobbling/index.js';
import { action, type PanelAction, type PanelTable } from './panel-table.js';
import type { Services } from './services.js';

/** Each state in a sentence: it explains why a scrobble is where it is. */
const EXPLAINED = {
  queued: 'Waits for its turn to be sent to Last.fm.',
  held: 'Waits for something its user has to do, or for the next day.',
  sending: 'Was sent; what Last.fm answered is not known yet.',
  accepted: 'Last.fm has taken it.',
  ignored: 'Last.fm answered, and left it out.',
  failed: 'Given up. It can be tried again while Last.fm takes it.',
  expired: 'Too old by the time it could have been sent.',
  duplicate: 'The same play came in twice; the other one is sent.',
  cancelled: 'Not to be sent any more.',
  archived: 'Only kept in the history here, never sent.',
} satisfies Record<(typeof DELIVERY_STATES)[number], string>;

const COLUMNS: PanelTable['columns'] = {
  title: { label: 'Title', sql: 's.title', type: 'string', isSearched: true, isListed: true },
  artist: { label: 'Artist', sql: 's.artist', type: 'string', isSearched: true, isListed: true },
  userId: { label: 'User', sql: 'd.user_id', type: 'string', of: 'users', isSearched: true, isListed: true },
  state: {
    label: 'State',
    sql: 'd.state',
    type: 'string',
    values: DELIVERY_STATES,
    isSearched: true,
    isListed: true,
  },
  explanation: { label: 'What that means', sql: explanation(), type: 'string' },
  reason: { label: 'Reason', sql: 'd.reason', type: 'string', isSearched: true, isListed: true },
  verdictCode: { label: 'Last.fm’s code', sql: 'd.verdict_code', type: 'number' },
  verdictMessage: { label: 'Last.fm’s message', sql: 'd.verdict_message', type: 'string' },
  attempts: { label: 'Attempts', sql: 'd.attempts', type: 'number' },
  album: { label: 'Album', sql: 's.album', type: 'string' },
  source: { label: 'Came from', sql: 's.source', type: 'string' },
  provenance: { label: 'Provenance', sql: 's.provenance', type: 'string' },
  playedAt: { label: 'Played', sql: 'd.played_at', type: 'datetime', isSearched: true, isListed: true },
  sentAt: { label: 'Last sent', sql: 'd.sent_at', type: 'datetime' },
  nextAttemptAt: { label: 'Next attempt', sql: 'd.next_attempt_at', type: 'datetime' },
  settledAt: { label: 'Settled', sql: 'd.settled_at', type: 'datetime' },
  missingSince: { label: 'Missing on the profile since', sql: 'd.missing_since', type: 'datetime' },
  deadlineAt: { label: 'Last.fm takes it until', sql: 'd.deadline_at', type: 'datetime' },
};

export function scrobblesTable(services: Services): PanelTable {
  return {
    id: 'scrobbles',
    label: 'Scrobbles',
    group: 'Scrobbling',
    icon: 'Music',
    role: 'moderator',
    from: 'delivery d join scrobble s on s.user_id = d.user_id and s.id = d.scrobble_id',
    key: `d.user_id || '.' || d.scrobble_id`,
    keyIs: 'uuid pair',
    byKey: `d.user_id = split_part($1, '.', 1)::uuid and d.scrobble_id = split_part($1, '.', 2)::uuid`,
    narrowed: { to: `d.state = 'failed'`, unless: 'userId', label: 'Scrobbles that failed, or of one user' },
    title: 'title',
    order: 'playedAt',
    columns: COLUMNS,
    actions: actions(services),
  };
}

function explanation(): string {
  const cases = Object.entries(EXPLAINED).map(([state, words]) => `when '${state}' then '${words}'`);
  return `case d.state ${cases.join(' ')} end`;
}

function actions(services: Services): PanelAction[] {
  const moderation = services(ScrobblingModeration);
  return [
    action({
      name: 'retry',
      label: 'Retry',
      icon: 'RefreshCw',
      role: 'moderator',
      on: 'row',
      about: 'Sends it to Last.fm again, as it is.',
      fields: [],
      input: z.object({}),
      isOffered: ({ state, missingSince }) =>
        state === 'failed' || state === 'ignored' || (state === 'accepted' && missingSince !== null),
      async run({ by, id }) {
        const [userId, scrobbleId] = id.split('.') as [UserId, ScrobbleId];
        await moderation.retry(by, userId, scrobbleId);
        return 'It is queued and will be sent again.';
      },
    }),
  ];
}
