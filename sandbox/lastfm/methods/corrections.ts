/** A taste of what Last.fm corrects, by lower-case name. */
const ARTISTS: ReadonlyMap<string, string> = new Map([
  ['guns n roses', "Guns N' Roses"],
  ['guns and roses', "Guns N' Roses"],
  ['bjork', 'Björk'],
  ['sigur ros', 'Sigur Rós'],
  ['motorhead', 'Motörhead'],
]);

export interface Corrected {
  readonly text: string;
  readonly isCorrected: boolean;
}

export function correctedArtist(artist: string): Corrected {
  const correct = ARTISTS.get(artist.toLowerCase());
  return { text: correct ?? artist, isCorrected: correct !== undefined && correct !== artist };
}

export function uncorrected(text: string | null): Corrected {
  return { text: text ?? '', isCorrected: false };
}
