import type { ScrobbleId, UserId } from '../../../common/ids.js';
import type { LastfmAccount, ScrobbledTrack } from '../../lastfm/index.js';
import type { ScrobbleSource } from '../ledger/play.js';

export interface LeasedDelivery extends ScrobbledTrack {
  scrobbleId: ScrobbleId;
  source: ScrobbleSource;
  /** When the call was made that may have carried it to Last.fm. */
  sentAt: Date;
}

/** One account's next call, for the time of the lease in the hands of one process. */
export interface LaneLease {
  userId: UserId;
  leaseId: string;
  account: LastfmAccount;
  /**
   * `send`: these were just marked as sending. `verify`: these were sent by a call whose outcome nobody knows, so they
   * are looked up before anything else of the account is sent.
   */
  purpose: 'send' | 'verify';
  /** Oldest play first. */
  deliveries: LeasedDelivery[];
  failures: number;
  /** How many go into one call: fewer than 50 while the culprit of a refused batch is looked for. */
  batchLimit: number;
}
