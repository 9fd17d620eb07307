import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

import { newId, type ScrobbleImportId, type UserId } from '../../../common/ids.js';
import { IllegalImportTransitionError } from './imports.errors.js';
import type { HistoryFormatName } from './readers/history-format.js';

export const IMPORT_STATES = [
  'reading',
  'ready',
  'importing',
  'completed',
  'failed',
  'cancelled',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What can be done to an import, and in which states. */
const ALLOWED = {
  read: ['reading'],
  started: ['ready'],
  recorded: ['importing'],
  cancelled: ['reading', 'ready', 'importing'],
  undone: ['completed', 'cancelled'],
} as const satisfies Record<string, readonly ImportState[]>;

/** What a file holds, found out before anything of it is written. */
export interface ImportPreview {
  rows: number;
  plays: number;
  /** Plays younger than 14 days, which Last.fm would still take. */
  recent: number;
  firstPlayedAt: string | null;
  lastPlayedAt: string | null;
  /** The first plays, to look at. */
  sample: Array<{ artist: string; title: string; album: string | null; playedAt: string }>;
  skippedTotal: number;
  /** The first of them. */
  skipped: Array<{ row: number; reason: string; text: string }>;
}

/** What its person decides once they have seen the preview. */
export interface ImportChoice {
  sendRecent?: boolean | undefined;
  timeZone?: string | undefined;
}

/** A listening history that someone brought: read through first, then recorded in the ledger, batch by batch. */
@Entity('scrobble_import')
@Index('scrobble_import_of_user', ['userId', 'createdAt'])
@Index('one_open_import_per_user', ['userId'], {
  unique: true,
  where: `state in ('reading', 'ready', 'importing', 'undoing')`,
})
export class ScrobbleImport {
  @PrimaryColumn({ type: 'uuid' })
  id: ScrobbleImportId;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column({ type: 'uuid' })
  userId: UserId;

  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'text' })
  state: ImportState;

  /** False: it waits, once read, for its person to have seen the preview. */
  @Column({ type: 'boolean' })
  startsByItself: boolean;

  /** Whether plays younger than 14 days are sent to Last.fm; older ones are only kept. */
  @Column({ type: 'boolean' })
  sendRecent: boolean;

  /** Where the clock hung whose times the file does not explain. */
  @Column({ type: 'text' })
  timeZone: string;

  @Column({ type: 'text', nullable: true })
  format: HistoryFormatName | null;

  @Column({ type: 'boolean' })
  needsTimeZone: boolean;

  /** Rows of the file that are dealt with, in its order: where a killed worker's successor goes on. */
  @Column({ type: 'int' })
  rowsDone: number;

  @Column({ type: 'jsonb', nullable: true })
  preview: ImportPreview | null;

  @Column({ type: 'jsonb', nullable: true })
  failure: { code: string; message: string } | null;

  /** Scrobbles that were taken back. */
  @Column({ type: 'int' })
  removed: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  static of(
    given: Pick<ScrobbleImport, 'userId' | 'fileName' | 'startsByItself' | 'sendRecent' | 'timeZone'>,
    now: Date,
  ): ScrobbleImport {
    return Object.assign(new ScrobbleImport(), given, {
      id: newId() as ScrobbleImportId,
      state: 'reading',
      format: null,
      needsTimeZone: false,
      rowsDone: 0,
      preview: null,
      failure: null,
      removed: 0,
      createdAt: now,
      finishedAt: null,
    });
  }

  /** It has been read through. */
  finishReading(found: Pick<ScrobbleImport, 'format' | 'needsTimeZone'>, preview: ImportPreview): void {
    this.require('read');
    Object.assign(this, found, { preview, state: 'ready' });
  }

  fail(failure: { code: string; message: string }, now: Date): void {
    this.require('read');
    Object.assign(this, { failure, state: 'failed', finishedAt: now });
  }

  start({ sendRecent = this.sendRecent, timeZone = this.timeZone }: ImportChoice): void {
    this.require('started');
    Object.assign(this, { sendRecent, timeZone, state: 'importing' });
  }

  finishRecording(now: Date): void {
    this.require('recorded');
    Object.assign(this, { state: 'completed', finishedAt: now });
  }

  /** What has been recorded so far stays. */
  cancel(now: Date): void {
    this.require('cancelled');
    Object.assign(this, { state: 'cancelled', finishedAt: now });
  }

  startUndoing(): void {
    this.require('undone');
    this.state = 'undoing';
  }

  finishUndoing(now: Date): void {
    Object.assign(this, { state: 'undone', finishedAt: now });
  }

  can(wish: keyof typeof ALLOWED): boolean {
    return (ALLOWED[wish] as readonly ImportState[]).includes(this.state);
  }

  private require(wish: keyof typeof ALLOWED): void {
    if (!this.can(wish)) {
      throw new IllegalImportTransitionError(this.state, wish);
    }
  }
}
