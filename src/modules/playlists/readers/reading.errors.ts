import { DomainError } from '../../../common/errors/domain-error.js';
import type { Reading } from './reading.js';

const ACCEPTED =
  'Send a CSV file with a header row (as Exportify makes it), a playlist as JSPF, XSPF, M3U or JSON, ' +
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

/** XML with a document type: XSPF has none, and one may tell the reader to open files or to fill the memory. */
export class FileDeclaresEntitiesError extends DomainError {
  readonly code = 'file_declares_entities';
  readonly kind = 'invalid';

  constructor(isItunesLibrary: boolean) {
    super(
      isItunesLibrary
        ? 'This is an XML file of iTunes. Export the playlist from there as text (.txt) and send that.'
        : 'This XML file has a document type (DOCTYPE), which is not read because it can hide harmful things. ' +
            'An XSPF playlist needs none: remove it and try again.',
    );
  }
}

export class FileIsStreamError extends DomainError {
  readonly code = 'file_is_stream';
  readonly kind = 'invalid';

  constructor() {
    super('This M3U8 file lists the pieces of one stream (HLS), not songs.');
  }
}

export class FileIsArchiveError extends DomainError {
  readonly code = 'file_is_archive';
  readonly kind = 'invalid';

  constructor() {
    super('This is an archive. Unpack it and send the file that is in it.');
  }
}

export class FileIsHistoryError extends DomainError {
  readonly code = 'file_is_listening_history';
  readonly kind = 'invalid';

  /** @param name what such a file is called */
  constructor(name: string) {
    super(
      `This is ${name}: it says when something was played, and is no playlist. ` +
        'Listening belongs under History, not under Playlists.',
    );
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
