import { decodedPieces } from './decode-text.js';
import { FileNotTextError } from './reading.errors.js';

const TEXT = 'Tiësto - 優里 🎸';

const decodeText = (bytes: Buffer, extension: string): string => [...decodedPieces(bytes, extension)].join('');

describe('decodedPieces', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
  ])('reads %s', (_encoding, bytes) => {
    expect(decodeText(bytes, 'csv')).toBe(TEXT);
  });

  it('reads a CSV or text file of a Western European program', () => {
    const bytes = Buffer.from('Bj\xf6rk \x96 J\xf3ga \x80', 'latin1');

    expect(decodeText(bytes, 'txt')).toBe('Björk – Jóga €');
    expect(() => decodeText(bytes, 'json')).toThrow(FileNotTextError);
  });

  it.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['text with a NUL byte', Buffer.from('artist,title\na\0b,c\n')],
    ['control characters and stray bytes', Buffer.from([0x41, 0x01, 0xff, 0x42])],
    ['Cyrillic in Windows-1251', Buffer.from([0xcc, 0xee, 0xf0, 0xe3, 0xe5, 0xed, 0xf8, 0xf2, 0xe5, 0xf0, 0xed])],
    ['Japanese in Shift-JIS', Buffer.from([0x83, 0x68, 0x83, 0x89, 0x83, 0x43, 0x83, 0x74, 0x83, 0x89, 0x83, 0x8f])],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
    ['half of a UTF-16 character', Buffer.from([0xff, 0xfe, 0x3d, 0xd8])],
    ['UTF-16 that ends in the middle', Buffer.from([0xff, 0xfe, 0x41])],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeText(bytes, 'csv')).toThrow(FileNotTextError);
  });
});
