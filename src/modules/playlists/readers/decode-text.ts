import { FileNotTextError } from './reading.errors.js';

/** Only what Western European programs save: these were ever written in Windows-1252. */
const MAY_BE_WINDOWS_1252 = new Set(['csv', 'tsv', 'txt']);
/** Control characters other than tab and line breaks, and the five bytes that Windows-1252 leaves undefined. */

const NOT_WINDOWS_1252 = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0081\u008d\u008f\u0090\u009d]/;
/** The characters of the bytes 80 to 9F; Node 20's own decoder leaves them out. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Four letters in a row that are not ASCII: Cyrillic, Greek or Japanese in an encoding of its own. */
const ANOTHER_ALPHABET = /[\u0080-\u00ff]{4}/;

/**
 * The text of a file. UTF-8, with or without a byte order mark, and UTF-16 with one are read strictly. A CSV or text
 * file that is neither is read as Windows-1252 when it can hardly be anything else; otherwise it is refused, since
 * wrong names on somebody's profile are worse than a second try.
 *
 * @param extension in lower case, without the dot
 * @throws FileNotTextError
 */
export function decodeText(bytes: Uint8Array, extension: string): string {
  const utf16 = utf16Of(bytes);
  if (utf16) {
    return decode(bytes, utf16) ?? refuse();
  }
  if (bytes.includes(0)) {
    return refuse();
  }
  return decode(bytes, 'utf-8') ?? decodeWindows1252(bytes, extension) ?? refuse();
}

function utf16Of([first, second, third, fourth]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0 ? null : 'utf-16le'; // With two zeros it is UTF-32.
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/** Null when the bytes are not valid in that encoding. A byte order mark is dropped. */
function decode(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return null;
    }
    throw error;
  }
}

function decodeWindows1252(bytes: Uint8Array, extension: string): string | null {
  if (!MAY_BE_WINDOWS_1252.has(extension)) {
    return null;
  }
  const latin1 = Buffer.from(bytes).toString('latin1');
  if (NOT_WINDOWS_1252.test(latin1) || ANOTHER_ALPHABET.test(latin1)) {
    return null;
  }
  return latin1.replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
}

function refuse(): never {
  throw new FileNotTextError();
}
