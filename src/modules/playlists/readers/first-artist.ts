/** What one cell of an export says about the artists of a track. */
export interface ArtistCell {
  /** Names joined by `, ` (watsonbox) or by `;` or `,` (pavelkomarov). */
  names: string;
  /** How many artists there are, by the ids beside the names; null where the export has no ids. */
  count: number | null;
  /** One name that the list may begin with: settles `Tyler, The Creator, Kali Uchis`. */
  albumArtist?: string | undefined;
}

const SEPARATORS = [', ', ';', ','];
const ESCAPED_COMMA = '\\,';
const UNESCAPED_JOIN = /(?<!\\),\s*/;
/** A comma with no blank after it joins names; `Earth, Wind & Fire` and `10,000 Maniacs` are one name each. */
const TIGHT_COMMA = /,(?!\s)(?!(?<=\d,)\d)/;

/**
 * The first of several artists, which is who a scrobble is for. Never splits on a guess: where it cannot be told
 * whether a separator joins two names or belongs to one, the whole cell stays the artist.
 *
 * 1. watsonbox writes a comma inside a name as `\,`: where one stands, every other comma joins.
 * 2. With ids, a separator joins when it gives as many pieces as there are ids; one id is one name, whatever it holds.
 *    Where no count fits, the list may still begin with the album's artist.
 * 3. Without ids, `;` joins, and so does a comma with no blank after it; a comma with a blank does not.
 */
export function firstArtist({ names, count, albumArtist }: ArtistCell): string {
  const first = names.includes(ESCAPED_COMMA) ? names.split(UNESCAPED_JOIN)[0] : firstPiece(names, count, albumArtist);
  return (first?.trim() ? first : names).replaceAll(ESCAPED_COMMA, ',').trim();
}

function firstPiece(names: string, count: number | null, albumArtist: string | undefined): string | undefined {
  if (count === null) {
    return names.includes(';') ? names.split(';')[0] : names.split(TIGHT_COMMA)[0];
  }
  const fitting = SEPARATORS.map((separator) => names.split(separator)).find((pieces) => pieces.length === count);
  if (fitting || count === 1) {
    return count === 1 ? names : fitting?.[0];
  }
  const beginsWithAlbumArtist =
    albumArtist !== undefined && SEPARATORS.some((separator) => names.startsWith(`${albumArtist}${separator}`));
  return beginsWithAlbumArtist ? albumArtist : names;
}

/** How many ids a cell such as `spotify:artist:1, spotify:artist:2` holds; null when it holds none. */
export function countIds(cell: string | undefined): number | null {
  const ids = (cell ?? '').split(/[,;]/).filter((id) => id.trim() !== '');
  return ids.length === 0 ? null : ids.length;
}
