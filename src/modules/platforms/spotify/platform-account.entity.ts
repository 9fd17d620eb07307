import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { SealedColumn } from '../../../common/crypto/sealed-column.js';
import { newId, type PlatformAccountId, type UserId } from '../../../common/ids.js';

/** Access is renewed when it has less than this left: a call takes a while. */
const SPARE_MS = 60_000;
/** Since June 2026; refreshing does not prolong it. */
const CONSENT_MONTHS = 6;

export const SEALED_ACCESS_TOKEN = new SealedColumn({
  table: 'platform_account',
  column: 'access_token',
  id: 'id',
  context: 'platform-access-token',
});

export const SEALED_REFRESH_TOKEN = new SealedColumn({
  table: 'platform_account',
  column: 'refresh_token',
  id: 'id',
  context: 'platform-refresh-token',
});

/** Sealed, as they are stored. */
export interface SealedTokens {
  accessToken: string;
  accessEndsAt: Date;
  refreshToken: string;
  /** What the person has agreed to, as Spotify names it, with blanks between. */
  scope: string;
}

/** A user's account at a platform that we may read: so far Spotify. */
@Entity('platform_account')
@Index('one_account_per_platform', ['userId', 'platform'], { unique: true })
@Index('platform_account_by_end', ['consentEndsAt'], { where: `state = 'connected'` })
export class PlatformAccount {
  @PrimaryColumn({ type: 'uuid' })
  id: PlatformAccountId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  platform: 'spotify';

  /** Their id there. */
  @Column({ type: 'text' })
  externalId: string;

  /** What they are called there. */
  @Column({ type: 'text' })
  name: string;

  /** `expired`: the platform no longer lets us in; its person has to connect again. */
  @Column({ type: 'text' })
  state: 'connected' | 'expired';

  @Column({ type: 'text', nullable: true })
  accessToken: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  accessEndsAt: Date | null;

  @Column({ type: 'text', nullable: true })
  refreshToken: string | null;

  @Column({ type: 'text' })
  scope: string;

  /** When its person agreed. */
  @Column({ type: 'timestamptz' })
  connectedAt: Date;

  /** Then they have to agree again. */
  @Column({ type: 'timestamptz' })
  consentEndsAt: Date;

  static of(userId: UserId): PlatformAccount {
    return Object.assign(new PlatformAccount(), { id: newId() as PlatformAccountId, userId, platform: 'spotify' });
  }

  /** Its person has just agreed. */
  connect(profile: { externalId: string; name: string }, tokens: SealedTokens, now: Date): void {
    const consentEndsAt = new Date(now);
    consentEndsAt.setUTCMonth(consentEndsAt.getUTCMonth() + CONSENT_MONTHS);
    Object.assign(this, profile, tokens, { state: 'connected', connectedAt: now, consentEndsAt });
  }

  renew(tokens: SealedTokens): void {
    Object.assign(this, tokens);
  }

  /** Nothing of it is good for anything any more. */
  expire(): void {
    Object.assign(this, { state: 'expired', accessToken: null, accessEndsAt: null, refreshToken: null });
  }

  /** The access token as stored, while it is good for a call. */
  usableAccess(now: Date): string | null {
    const isUsable = this.accessEndsAt !== null && this.accessEndsAt.getTime() - SPARE_MS > now.getTime();
    return isUsable ? this.accessToken : null;
  }
}
