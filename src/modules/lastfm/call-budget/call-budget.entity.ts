import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is left of the calls that Last.fm allows our address: one row, shared by all replicas. */
@Entity('lastfm_call_budget')
export class LastfmCallBudget {
  /** The egress address the budget is for; so far there is one. */
  @PrimaryColumn({ type: 'text' })
  id: string;

  /** When the calls made so far are paid off at the steady rate (the "theoretical arrival time" of GCRA). */
  @Column({ type: 'timestamptz' })
  nextFreeAt: Date;

  /** Until then nothing is sent: Last.fm refuses our API key or asked us to slow down. */
  @Column({ type: 'timestamptz', nullable: true })
  haltedUntil: Date | null;

  @Column({ type: 'text', nullable: true })
  haltedReason: string | null;

  /** Of a halt: it does not pass by itself, the operator has to mend something. */
  @Column({ type: 'boolean', default: false })
  needsOperator: boolean;
}
