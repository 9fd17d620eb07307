/** A hyphen, an en dash or an em dash between blanks. */
const SEPARATOR = / [-–—] /;
/** `1. `, `01) `: how lists are numbered by hand. */
const NUMBERING = /^\d{1,5}[.)]\s+/;

export interface ArtistAndTitle {
  artist: string;
  title: string;
}

/**
 * `Artist - Title` taken apart at the first separator: titles hold one more often than artists do
 * (`Nacho - Báilame - Remix`). Null without one.
 */
export function artistAndTitleOf(text: string): ArtistAndTitle | null {
  const separator = SEPARATOR.exec(text);
  return (
    separator && { artist: text.slice(0, separator.index), title: text.slice(separator.index + separator[0].length) }
  );
}

export function withoutNumbering(text: string): string {
  return text.replace(NUMBERING, '');
}

/** Where a program put both names into the title and left the artist out. */
export function splitIfNoArtist<Names extends ArtistAndTitle>(names: Names): Names {
  return names.artist.trim() === '' ? { ...names, ...artistAndTitleOf(names.title) } : names;
}
