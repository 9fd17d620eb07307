import type { DataExportId, PlaylistImportId, ScrobbleImportId, UserId } from '../common/ids.js';

/** Every background task and what it carries. Payloads hold ids and plain values, never secrets: they lie in a table. */
export interface TaskCatalogue {
  /** Hands one durable event to one of its subscribers. */
  'event.deliver': { event: string; subscriber: string; payload: unknown };
  /** Marks deliveries expired whose 14 days are over. */
  'deliveries.expire': Record<string, never>;
  /** Tells people whose scrobbles will soon be too old. */
  'deliveries.warn': Record<string, never>;
  /** Enqueues the check of every account that is due for one. */
  'profiles.check': Record<string, never>;
  /** Compares one account's accepted scrobbles with its profile. */
  'profile.check': { userId: UserId };
  /** Reads an uploaded listening history through, for its preview. */
  'import.read': { userId: UserId; importId: ScrobbleImportId };
  /** Records the plays of a listening history. */
  'import.record': { userId: UserId; importId: ScrobbleImportId };
  /** Takes an import back. */
  'import.undo': { userId: UserId; importId: ScrobbleImportId };
  /** Cancels imports that nobody has started for a day. */
  'imports.purge': Record<string, never>;
  /** Adds what has changed in the ledger to the statistics of its users. */
  'listening.count': Record<string, never>;
  /** Reads a playlist on from a platform, until it is whole or has to wait. */
  'playlist-import.read': { userId: UserId; importId: PlaylistImportId };
  /** Ends refreshes that nobody came back for, and forgets imports that are long over. */
  'playlist-imports.purge': Record<string, never>;
  /** Tells people whose connection Spotify will end soon. */
  'platform-accounts.warn': Record<string, never>;
  /** Mails a link that sets a new password; to nobody where the address was nobody's. */
  'password-reset.mail': { userId: UserId | null; requestedAt: string };
  /** Deletes handshakes and login sessions that can no longer be used. */
  'credentials.purge': Record<string, never>;
  /** Writes everything about a user into a file. */
  'data.export': { exportId: DataExportId; userId: UserId };
  /** Deletes exports whose day is over. */
  'exports.purge': Record<string, never>;
  /** Deletes what the audit trail has kept long enough. */
  'audit.purge': Record<string, never>;
  /** Forgets who was in which voice channel a month ago. */
  'voice.purge': Record<string, never>;
  /** Deletes what was counted of requests in windows that are over. */
  'rate-limits.purge': Record<string, never>;
}

export type TaskName = keyof TaskCatalogue;

/** When the recurring tasks run (cron, UTC); one replica runs each. */
export const RECURRING_TASKS: ReadonlyArray<{ task: TaskName; match: string }> = [
  { task: 'deliveries.expire', match: '*/5 * * * *' },
  { task: 'listening.count', match: '* * * * *' },
  { task: 'deliveries.warn', match: '23 */6 * * *' },
  { task: 'profiles.check', match: '41 * * * *' },
  { task: 'imports.purge', match: '29 * * * *' },
  { task: 'playlist-imports.purge', match: '53 * * * *' },
  { task: 'platform-accounts.warn', match: '11 5 * * *' },
  { task: 'credentials.purge', match: '17 * * * *' },
  { task: 'exports.purge', match: '*/10 * * * *' },
  { task: 'audit.purge', match: '37 4 * * *' },
  { task: 'voice.purge', match: '7 4 * * *' },
  { task: 'rate-limits.purge', match: '*/10 * * * *' },
];
