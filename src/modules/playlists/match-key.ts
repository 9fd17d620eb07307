import { createHash } from 'node:crypto';

/** Latin, Greek and Cyrillic accents. Not Japanese voicing marks: those make another letter, not the same one. */
const ACCENTS = /[\u0300-\u036f]/g;
const SEPARATOR = '\u001f';
/** In UTF-16 units, of at most three bytes each: what an index row of PostgreSQL (2,704 bytes) certainly has room for. */
const LONGEST = 800;

/** What two plays have in common when they are of the same track: artist and title without case, accents and spacing. */
export function matchKey(artist: string, title: string): string {
  const key = `${folded(artist)}${SEPARATOR}${folded(title)}`;
  return key.length <= LONGEST ? key : createHash('sha256').update(key).digest('hex');
}

function folded(name: string): string {
  return name.normalize('NFKD').replace(ACCENTS, '').toLowerCase().normalize('NFC').replace(/\s+/g, '');
}
