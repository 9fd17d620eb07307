import { v7 } from 'uuid';

/** Ids are strings at run time; the brand stops a playlist id from being passed where a user id is wanted. */
type Branded<Name extends string> = string & { readonly __brand: Name };

export type UserId = Branded<'UserId'>;
export type UserMergeId = Branded<'UserMergeId'>;
export type LoginSessionId = Branded<'LoginSessionId'>;
export type BotKeyId = Branded<'BotKeyId'>;
export type ApiTokenId = Branded<'ApiTokenId'>;
export type LastfmHandshakeId = Branded<'LastfmHandshakeId'>;
export type DataExportId = Branded<'DataExportId'>;
export type AuditEntryId = Branded<'AuditEntryId'>;
export type NotificationId = Branded<'NotificationId'>;
export type PlaybackId = Branded<'PlaybackId'>;
export type BotLogEntryId = Branded<'BotLogEntryId'>;
export type VoiceConsentChangeId = Branded<'VoiceConsentChangeId'>;
export type PlatformAccountId = Branded<'PlatformAccountId'>;
export type PlaylistId = Branded<'PlaylistId'>;
export type PlaylistImportId = Branded<'PlaylistImportId'>;
export type ScrobbleId = Branded<'ScrobbleId'>;
export type ScrobbleImportId = Branded<'ScrobbleImportId'>;
export type ScrobbleResendId = Branded<'ScrobbleResendId'>;
export type ScrobbleRunId = Branded<'ScrobbleRunId'>;

/** A UUID v7: unique without asking the database, and in order of creation, which keeps indexes dense. */
export function newId(): string {
  return v7();
}
