import type { DeliveryState } from './delivery-state.js';

/**
 * Why a delivery waits or has stopped, by the state it then has: stable words that programs may rely on. The dashboard
 * has a sentence for each (`web/src/texts`), and does not build without.
 */
export const REASONS = {
  queued: [
    'lastfm_unavailable',
    'rate_limited',
    'operator',
    'looking_for_culprit',
    'not_in_recent_tracks',
    'cannot_be_looked_up',
    'daily_budget',
  ],
  held: ['not_linked', 'key_rejected', 'parked'],
  sending: ['uncertain'],
  accepted: [],
  ignored: ['artist_filtered', 'track_filtered', 'timestamp_too_old', 'timestamp_too_new', 'ignored_by_lastfm'],
  failed: ['refused_by_lastfm', 'lastfm_unavailable', 'rate_limited', 'not_in_recent_tracks', 'cannot_be_looked_up'],
  expired: ['older_than_14_days', 'never_looked_up'],
  duplicate: ['same_play'],
  cancelled: ['disconnected', 'account_replaced', 'import_undone'],
  archived: ['older_than_14_days', 'already_at_lastfm', 'not_wanted_at_lastfm'],
} as const satisfies Record<DeliveryState, readonly string[]>;

export type DeliveryReason = (typeof REASONS)[DeliveryState][number];

/** All of them, each once, for the description of the API. */
export const DELIVERY_REASONS = [...new Set(Object.values(REASONS).flat())] as [DeliveryReason, ...DeliveryReason[]];
