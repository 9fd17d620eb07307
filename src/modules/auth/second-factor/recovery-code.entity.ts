import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** Stands in for a code of the authenticator app, once: when it is used its row goes. Only its hash is kept. */
@Entity('recovery_code')
@Index('recovery_code_of_user', ['userId', 'codeHash'], { unique: true })
export class RecoveryCode {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  codeHash: string;
}
