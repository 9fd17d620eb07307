import type { ExportFormat } from './export-format.js';

/** What Windows, macOS or Linux cannot have in a file's name, and names that begin or end in a dot or blank. */
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g;
/** In UTF-8: file systems take 255. */
const MAX_BYTES = 200;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What the file of an export is called: the playlist's title, as far as a file can be called so. */
export function exportFileName(title: string, format: ExportFormat): string {
  const plain = title
    .replace(NOT_IN_FILE_NAMES, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(DEVICE, '_$1$2');
  return `${cutToBytes(plain) || 'playlist'}.${format}`;
}

/** Without cutting a character in half. */
function cutToBytes(text: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_BYTES) {
      break;
    }
    kept += character;
  }
  return kept.trimEnd();
}
