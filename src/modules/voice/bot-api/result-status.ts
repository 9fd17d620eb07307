import type { ScrobbleId } from '../../../common/ids.js';
import type { DeliveryState, ScrobbleRecord } from '../../scrobbling/index.js';
import type { EntryResult } from './dto/plays.dto.js';

/** What a bot is told of a scrobble in each state. */
const STATUS_OF: Record<DeliveryState, EntryResult['status']> = {
  queued: 'queued',
  held: 'queued',
  sending: 'queued',
  accepted: 'accepted',
  ignored: 'ignored',
  archived: 'ignored',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'failed',
  duplicate: 'duplicate',
};

/** @param record undefined: its user was deleted while we waited */
export function statusOfRecord(
  scrobbleId: ScrobbleId,
  record: ScrobbleRecord | undefined,
): Omit<EntryResult, 'discordUserId'> {
  if (!record) {
    return { status: 'not_linked', code: 'lastfm_account_not_linked', message: 'No Last.fm account is linked.' };
  }
  return {
    status: STATUS_OF[record.state],
    scrobbleId,
    ...(record.reason !== null && { code: record.reason }),
    ...(record.verdictMessage && { message: record.verdictMessage }),
  };
}
