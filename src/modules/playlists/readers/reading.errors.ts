import { DomainError } from '../../../common/errors/domain-error.js';
import type { Reading } from './reading.js';

const ACCEPTED =
  'Send a CSV file with a header row (as Exportify makes it), a playlist as JSON, ' +
  'or a text file with one "Artist - Title" a line.';
const REASONS_SHOWN = 3;

export class FileEmptyError extends DomainError {
  readonly code = 'file_empty';
  readonly kind = 'invalid';

  constructor() {
    super(`There is nothing in this file. ${ACCEPTED}`);
  }
}

export class FileNotTextError extends DomainError {
  readonly code = 'file_not_text';
  readonly kind = 'invalid';

  constructor() {
    super(
      'This file is not plain text, or in an encoding that cannot be told for sure. Save it as UTF-8 and try again.',
    );
  }
}

export class FileFormatUnknownError extends DomainError {
  readonly code = 'file_format_unknown';
  readonly kind = 'invalid';

  /** @param problem a sentence: what is wrong with this file */
  constructor(problem: string) {
    super(`${problem} ${ACCEPTED}`);
  }
}

export class NoTracksFoundError extends DomainError {
  readonly code = 'no_tracks_found';
  readonly kind = 'invalid';

  constructor({ skipped, skippedTotal }: Pick<Reading, 'skipped' | 'skippedTotal'>) {
    const shown = skipped.slice(0, REASONS_SHOWN).map(({ row, reason }) => `Row ${row}: ${reason}`);
    const rest = skippedTotal - shown.length;
    super(['No tracks were found.', ...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' '));
  }
}
