export const DELIVERY_STATES = [
  'queued',
  'held',
  'sending',
  'accepted',
  'ignored',
  'failed',
  'expired',
  'duplicate',
  'cancelled',
  'archived',
] as const;
/** Where a scrobble stands on its way to a destination. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The states in which a delivery can come into being. */
export const FIRST_STATES: readonly DeliveryState[] = ['queued', 'held', 'duplicate', 'archived'];

/**
 * What a delivery may become; whoever writes a state keeps to it, and the tests watch every write. A state may always
 * be written again with another reason.
 */
export const TRANSITIONS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  // Accepted without being marked as sending: an answer that comes after its lease went to another process.
  // Here and below, a duplicate: two users became one, and the other one had recorded the same play.
  queued: ['sending', 'held', 'expired', 'cancelled', 'accepted', 'duplicate'],
  held: ['queued', 'expired', 'cancelled', 'accepted', 'duplicate'],
  sending: ['accepted', 'ignored', 'failed', 'queued', 'held', 'expired', 'cancelled', 'duplicate'],
  // Missing on the profile all the same, and a person sends it again.
  accepted: ['queued', 'held', 'duplicate'],
  // A person corrects it and sends it again.
  ignored: ['queued', 'held'],
  // Or it was given up while its call was on its way, as voice is, and the answer came after all.
  failed: ['queued', 'held', 'accepted'],
  // The answer came after all, a week too late.
  expired: ['accepted'],
  // The import that brought the other sighting was taken back: this one stands for the play now.
  duplicate: ['queued', 'held', 'archived'],
  // Last.fm took it although the account was disconnected meanwhile.
  cancelled: ['accepted'],
  archived: ['duplicate'],
};

export const LASTFM = 'lastfm';

/** Last.fm takes no scrobble that is older (its staff's word; see the protocol notes on age). */
export const DELIVERABLE_MS = 14 * 24 * 3600 * 1000;

/** The most scrobbles that `track.scrobble` takes at once. */
export const BATCH_MAX = 50;
