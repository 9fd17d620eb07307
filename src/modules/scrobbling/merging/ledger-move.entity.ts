import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { UserId } from '../../../common/ids.js';

/** Where the ledger of a user went who became one with another: a call that was under way brings its answer there. */
@Entity('ledger_move')
@Index('ledger_move_into', ['intoUserId'])
export class LedgerMove {
  @PrimaryColumn({ type: 'uuid' })
  fromUserId: UserId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  intoUserId: UserId;

  @Column({ type: 'timestamptz' })
  movedAt: Date;
}
