import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import type { TokenScope } from '../../../common/http/principal.js';
import type { ApiTokenId, UserId } from '../../../common/ids.js';

/** A personal token: lets another program act for a user within its scopes. Only its hash is kept. */
@Entity('api_token')
@Index('api_token_by_hash', ['tokenHash'], { unique: true })
@Index('api_token_of_user', ['userId'])
export class ApiToken {
  @PrimaryColumn({ type: 'uuid' })
  id: ApiTokenId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', array: true })
  scopes: TokenScope[];

  @Column({ type: 'text' })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}
