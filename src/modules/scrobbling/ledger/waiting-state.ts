import type { LastfmAccountState } from '../../lastfm/index.js';
import type { DeliveryState } from '../delivery/delivery-state.js';

/** How a delivery waits for its turn, and until when. */
export interface WaitingState {
  state: Extract<DeliveryState, 'queued' | 'held'>;
  reason: 'not_linked' | 'key_rejected' | 'parked' | null;
  nextAttemptAt: Date | null;
}

/** How a delivery of this account waits that could be sent as far as it itself is concerned. */
export function waitingState(
  account: LastfmAccountState | undefined,
  parkedUntil: Date | null | undefined,
  now: Date,
): WaitingState {
  if (account === undefined) {
    return { state: 'held', reason: 'not_linked', nextAttemptAt: null };
  }
  if (account === 'rejected') {
    return { state: 'held', reason: 'key_rejected', nextAttemptAt: null };
  }
  if (parkedUntil && parkedUntil > now) {
    return { state: 'held', reason: 'parked', nextAttemptAt: parkedUntil };
  }
  return { state: 'queued', reason: null, nextAttemptAt: now };
}
