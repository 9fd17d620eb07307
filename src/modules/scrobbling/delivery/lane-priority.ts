import type { ScrobbleSource } from '../ledger/play.js';
import { BATCH_MAX } from './delivery-state.js';

/** Voice first: it is what someone hears right now. Automation last. */
export const PRIORITY: Record<ScrobbleSource, number> = { voice: 0, manual: 1, ingest: 1, import: 2, run: 3 };
/** Of a lane in which nothing waits. */
export const IDLE_PRIORITY = 9;

/** SQL: the most urgent source among what the lane of user $1 to destination $2 sends next; null when nothing waits. */
export const PRIORITY_OF_NEXT = `
  select min(('${JSON.stringify(PRIORITY)}'::jsonb ->> s.source)::int) as priority
    from (select scrobble_id from delivery
           where user_id = $1 and destination = $2
             and (state in ('queued', 'sending') or (state = 'held' and reason = 'parked'))
           order by played_at limit ${BATCH_MAX}) as waiting
    join scrobble s on s.user_id = $1 and s.id = waiting.scrobble_id`;
