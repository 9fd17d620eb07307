import type { ScrobbleId, ScrobbleRunId, UserId } from '../common/ids.js';

/**
 * Every domain event, and what it carries. Names are `<subject>.<past participle>`; payloads hold ids and plain values
 * (they may travel as JSON), never entities, so that a listener cannot act on rows that have since changed.
 */
export interface EventCatalogue {
  'lastfm-account.linked': { userId: UserId };
  'lastfm-account.rejected': { userId: UserId; username: string };
  /** So many of a user's scrobbles still wait or have failed, and the oldest is taken no longer than until then. */
  'scrobbles.deadline-near': { userId: UserId; waiting: number; failed: number; deadlineAt: string };
  /** Last.fm has taken as much of an account as it takes in a day: the others are held until then. */
  'lastfm-account.parked': { userId: UserId; username: string; until: string };
  /** Last.fm did not take these scrobbles from voice channels, or nobody knows whether it did. */
  'voice-scrobbles.refused': { userId: UserId; scrobbleIds: readonly ScrobbleId[] };
  /** A user has been told something, for whoever tells them elsewhere, too. */
  'user.notified': { userId: UserId; kind: string; text: string };
  /** So many scrobbles that Last.fm accepted are not on the profile. */
  'scrobbles.missing': { userId: UserId; count: number; checkedAt: string };
  /** A moderator keeps them out. */
  'user.suspended': { userId: UserId };
  'scrobble-run.started': { runId: ScrobbleRunId; userId: UserId };
}

export type EventName = keyof EventCatalogue;
