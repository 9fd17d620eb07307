import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import type { BotKeyId, PlaybackId } from '../../../common/ids.js';
import type { EndReason } from '../threshold/playback-fact.js';
import type { Story } from '../threshold/replay.js';
import type { ThresholdPolicy } from '../threshold/threshold-policy.js';

/** Of whichever player we are ourselves: our own bot has no key. */
export const OWN_PLAYER = '00000000-0000-0000-0000-000000000001' as BotKeyId;

/** One track playing in one voice channel. What has happened in it stands in its events. */
@Entity('playback')
@Index('one_playback_per_start', ['playerId', 'startEventId'], { unique: true })
@Index('playback_due', ['decideAt'], { where: 'decide_at is not null' })
@Index('open_playback', ['playerId', 'guildId'], { where: 'ended_at is null' })
@Index('playback_of_guild', ['guildId', 'startedAt'])
@Index('ended_playback', ['endedAt'], { where: 'ended_at is not null' })
export class Playback {
  @PrimaryColumn({ type: 'uuid' })
  id: PlaybackId;

  /** The bot key of the player that tells of it; only it may go on telling. No foreign key: one of them has no row. */
  @Column({ type: 'uuid' })
  playerId: BotKeyId;

  @Column({ type: 'text' })
  startEventId: string;

  @Column({ type: 'text' })
  guildId: string;

  @Column({ type: 'text' })
  channelId: string;

  @Column({ type: 'text', nullable: true })
  channelName: string | null;

  @Column({ type: 'text' })
  artist: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  album: string | null;

  /** Null: unknown, as of a stream. */
  @Column({ type: 'int', nullable: true })
  durationSeconds: number | null;

  /** The Discord user who chose it; for everyone else it was chosen by someone else. */
  @Column({ type: 'text', nullable: true })
  requestedBy: string | null;

  /** The policy of its server when it started. */
  @Column({ type: 'text' })
  policy: ThresholdPolicy;

  /** So much of it has to be heard; null: by this policy a track this short never counts. */
  @Column({ type: 'int', nullable: true })
  thresholdMs: number | null;

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  /** Up to when its player was seen to be there: nothing later is proven. */
  @Column({ type: 'timestamptz' })
  seenAt: Date;

  /** When there is something to decide; null: not as things stand, or it is decided. */
  @Column({ type: 'timestamptz', nullable: true })
  decideAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  endReason: EndReason | null;

  /** Its player was there at this moment, whatever it told. */
  see(at: Date): void {
    if (at > this.seenAt) {
      this.seenAt = at;
    }
  }

  /** Takes over what its events amount to by now. */
  follow({ time, dueAtMs }: Story): void {
    this.endedAt = time.end && new Date(time.end.atMs);
    this.endReason = time.end?.because ?? null;
    this.decideAt = this.decidedAt !== null || dueAtMs === null ? null : new Date(dueAtMs);
  }

  /** Decided once and for all: what comes in late changes nothing any more. */
  decide(at: Date): void {
    this.decidedAt = at;
    this.decideAt = null;
  }
}
