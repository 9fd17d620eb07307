import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { journalEntry, type JournalEntry } from './journal-entry.js';

const NEWLINE = 0x0a;

/** An append-only file, one entry a line, written before the call that caused it is answered. */
export class Journal {
  private constructor(
    private readonly path: string,
    private readonly file: number,
  ) {}

  static open(dataDir: string): Journal {
    mkdirSync(dataDir, { recursive: true });
    const path = join(dataDir, 'lastfm.jsonl');
    return new Journal(path, openSync(path, 'a'));
  }

  /** Synchronous, so that a process killed after its answer has lost nothing. */
  append(entries: readonly JournalEntry[]): void {
    appendFileSync(this.file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }

  /** All entries so far. A last line that was torn by a crash was never answered for: it is cut off. */
  replay(): JournalEntry[] {
    const bytes = readFileSync(this.path);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end < bytes.length) {
      ftruncateSync(this.file, end);
    }
    const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
    return lines.map((line, index) => this.read(line, index + 1));
  }

  forget(): void {
    ftruncateSync(this.file, 0);
  }

  close(): void {
    closeSync(this.file);
  }

  private read(line: string, number: number): JournalEntry {
    try {
      return journalEntry.parse(JSON.parse(line));
    } catch (error) {
      throw new Error(`Line ${number} of ${this.path} is damaged. Remove it, or the file to start afresh.`, {
        cause: error,
      });
    }
  }
}
