import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { SealedColumn } from '../../../common/crypto/sealed-column.js';
import type { LastfmHandshakeId, UserId } from '../../../common/ids.js';

/**
 * - `pending`: waits for the browser to come back from Last.fm
 * - `exchanging`: one request is trading the token for a session key
 * - `to-confirm`: traded, but a browser came back that is not signed in as the starter; waits for its "yes"
 * - `used`: over
 */
type HandshakeStep = 'pending' | 'exchanging' | 'to-confirm' | 'used';

export const SEALED_HANDSHAKE_KEY = new SealedColumn({
  table: 'lastfm_handshake',
  column: 'session_key',
  id: 'id',
  context: 'lastfm-handshake',
});

/** The pending web authentication of one person: single use, 60 minutes, bound to the user who started it. */
@Entity('lastfm_handshake')
@Index('lastfm_handshake_by_state', ['stateHash'], { unique: true })
@Index('lastfm_handshake_of_user', ['userId'])
export class LastfmHandshake {
  @PrimaryColumn({ type: 'uuid' })
  id: LastfmHandshakeId;

  @Column({ type: 'text' })
  stateHash: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  step: HandshakeStep;

  @Column({ type: 'text', nullable: true })
  lastfmUsername: string | null;

  /** Sealed; only while `to-confirm`. */
  @Column({ type: 'text', nullable: true })
  sessionKey: string | null;

  /** Hash of the secret that the browser which came back holds in a cookie: the starter, who knows `state`, does not. */
  @Column({ type: 'text', nullable: true })
  confirmationHash: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;
}
