import { isUtf8 } from 'node:buffer';

import { FileNotTextError } from './reading.errors.js';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const PIECE_BYTES = 64 * 1024;
/** Only what Western European programs save: these were ever written in Windows-1252. `.m3u8` means UTF-8. */
const MAY_BE_WINDOWS_1252 = new Set(['csv', 'tsv', 'txt', 'm3u']);
const SAYS_WINDOWS_1252 = /^<\?xml[^>]{0,100}encoding=["'](iso-8859-1|windows-1252)["']/i;
const BEGINNING_BYTES = 200;
/** Control characters other than tab and line breaks, and the five bytes that Windows-1252 leaves undefined. */

const NOT_WINDOWS_1252 = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0081\u008d\u008f\u0090\u009d]/;
/** The characters of the bytes 80 to 9F; Node 20's own decoder leaves them out. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Four letters in a row that are not ASCII: Cyrillic, Greek or Japanese in an encoding of its own. */
const ANOTHER_ALPHABET = /[\u0080-\u00ff]{4}/;

/**
 * The text of a file, piece by piece. UTF-8, with or without a byte order mark, and UTF-16 with one are read strictly.
 * A file that is neither, of a kind that was ever saved so, is read as Windows-1252 when it can hardly be anything
 * else; otherwise it is refused, since wrong names on somebody's profile are worse than a second try.
 *
 * @param extension in lower case, without the dot
 * @throws FileNotTextError
 */
export function* decodedPieces(bytes: Uint8Array, extension: string): Generator<string> {
  const encoding = encodingOf(bytes, extension);
  const decode = encoding === 'windows-1252' ? decodeWindows1252 : strictDecoder(encoding);
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const end = start + PIECE_BYTES;
    yield decode(bytes.subarray(start, end), end >= bytes.length);
  }
}

function encodingOf(bytes: Uint8Array, extension: string): Encoding {
  const utf16 = utf16Of(bytes);
  if (utf16) {
    return utf16;
  }
  if (bytes.includes(0)) {
    throw new FileNotTextError();
  }
  if (isUtf8(bytes)) {
    return 'utf-8';
  }
  if (isWindows1252(bytes, extension)) {
    return 'windows-1252';
  }
  throw new FileNotTextError();
}

function utf16Of([first, second, third, fourth]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0 ? null : 'utf-16le'; // With two zeros it is UTF-32.
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function isWindows1252(bytes: Uint8Array, extension: string): boolean {
  const beginning = latin1Of(bytes.subarray(0, BEGINNING_BYTES));
  const isOldM3u = beginning.startsWith('#EXTM3U') && extension !== 'm3u8';
  if (!MAY_BE_WINDOWS_1252.has(extension) && !isOldM3u && !SAYS_WINDOWS_1252.test(beginning)) {
    return false;
  }
  const latin1 = latin1Of(bytes);
  return !NOT_WINDOWS_1252.test(latin1) && !ANOTHER_ALPHABET.test(latin1);
}

function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A byte order mark is dropped; a character may go from one piece to the next. */
function strictDecoder(encoding: string): (bytes: Uint8Array, isLast: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes, isLast) => {
    try {
      return decoder.decode(bytes, { stream: !isLast });
    } catch (error) {
      const isInvalid = (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
      throw isInvalid ? new FileNotTextError() : error;
    }
  };
}

function decodeWindows1252(bytes: Uint8Array): string {
  return latin1Of(bytes).replace(/[\u0080-\u009f]/g, (character) =>
    WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80),
  );
}
