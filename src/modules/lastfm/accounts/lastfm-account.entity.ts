import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { SealedColumn } from '../../../common/crypto/sealed-column.js';
import type { UserId } from '../../../common/ids.js';
import type { LastfmProfile } from '../api/lastfm-client.js';

export type LastfmAccountState = 'linked' | 'rejected';

export const SEALED_SESSION_KEY = new SealedColumn({
  table: 'lastfm_account',
  column: 'session_key',
  id: 'user_id',
  context: 'lastfm-account',
});

/** A user's link to Last.fm: their name there and the session key that lets us scrobble as them. */
@Entity('lastfm_account')
@Index('lastfm_account_to_check', ['profileCheckedAt'], { where: 'profile_checks' })
@Index('one_user_per_lastfm_username', ['usernameKey'], { unique: true })
export class LastfmAccount {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  username: string;

  /** The username in lower case: Last.fm's names differ by more than case. */
  @Column({ type: 'text' })
  usernameKey: string;

  /** Sealed by the secret box; never leaves this module in the clear but for a call to Last.fm. */
  @Column({ type: 'text' })
  sessionKey: string;

  @Column({ type: 'text' })
  state: LastfmAccountState;

  /** Off: no voice scrobbles and no runs. Manual scrobbles and ingest go on. */
  @Column({ type: 'boolean' })
  scrobblingEnabled: boolean;

  @Column({ type: 'timestamptz' })
  linkedAt: Date;

  /** Since when it is this username, however often it was linked again: nothing older was sent to it. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  sameSince: Date;

  @Column({ type: 'timestamptz', nullable: true })
  rejectedAt: Date | null;

  /** The latest announcement of what is playing; ids come in the order of time. */
  @Column({ type: 'uuid', nullable: true })
  announcementId: string | null;

  /** What `user.getInfo` said when the account was linked; null if it did not answer. */
  @Column({ type: 'jsonb', nullable: true })
  profile: LastfmProfile | null;

  /** Scrobbles from voice channels are sent again by themselves too, when what stopped them passes. */
  @Column({ type: 'boolean', default: false })
  retriesVoice: boolean;

  /** The user allows us to compare the ledger with their recent tracks once a day. */
  @Column({ type: 'boolean', default: false })
  profileChecks: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  profileCheckedAt: Date | null;
}

/** What a user decides about their account. */
export type AccountChoices = Pick<LastfmAccount, 'profileChecks' | 'retriesVoice'>;

/** What linking the same account again leaves as it is; another one starts afresh. */
export function whatStays(
  existing: LastfmAccount | null,
  now: Date,
): Pick<LastfmAccount, 'profile' | 'sameSince'> & AccountChoices {
  const fresh = { profile: null, sameSince: now, profileChecks: false, retriesVoice: false };
  const { profile, sameSince, profileChecks, retriesVoice } = existing ?? fresh;
  return { profile, sameSince, profileChecks, retriesVoice };
}
