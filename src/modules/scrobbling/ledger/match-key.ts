/** Latin, Greek and Cyrillic accents. Not Japanese voicing marks: those make another letter, not the same one. */
const ACCENTS = /[\u0300-\u036f]/g;
const SEPARATOR = '\u001f';

/** What two plays have in common when they are of the same track: artist and title without case, accents and spacing. */
export function matchKey(artist: string, title: string): string {
  return `${folded(artist)}${SEPARATOR}${folded(title)}`;
}

function folded(name: string): string {
  return name.normalize('NFKD').replace(ACCENTS, '').toLowerCase().normalize('NFC').replace(/\s+/g, '');
}
