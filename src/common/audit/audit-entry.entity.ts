import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { AuditEntryId, UserId } from '../ids.js';
import type { AuditAction } from './audit-action.js';

/** Something that happened to the safety of an account. Written once; holds no secret and no full address. */
@Entity('audit_entry')
@Index('audit_entry_of_user', ['userId', 'occurredAt'])
@Index('audit_entry_of_actor', ['actorId'], { where: 'actor_id is not null' })
@Index('audit_entry_by_time', ['occurredAt'])
export class AuditEntry {
  @PrimaryColumn({ type: 'uuid' })
  id: AuditEntryId;

  /** Null: nobody here (an unknown address at sign-in), or someone who was deleted since. */
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Column({ type: 'uuid', nullable: true })
  userId: UserId | null;

  /** Who did it to them, where somebody else did: a moderator, an administrator. */
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Column({ type: 'uuid', nullable: true })
  actorId: UserId | null;

  @Column({ type: 'text' })
  action: AuditAction;

  /** The network the request came from, not the address. Null for what no request caused. */
  @Column({ type: 'text', nullable: true })
  network: string | null;

  /** The browser or program in words, without versions. */
  @Column({ type: 'text', nullable: true })
  device: string | null;

  @Column({ type: 'jsonb' })
  details: Record<string, string>;

  @Column({ type: 'timestamptz' })
  occurredAt: Date;
}
