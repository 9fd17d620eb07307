const DECORATION =
  /\s*[([](?:[^()[\]]*\b(?:official|video|audio|lyrics?|visualizer|remaster(?:ed)?|hd|hq|4k|mv)\b[^()[\]]*)[)\]]/giu;
const SEPARATOR = /\s+[-–—]\s+/u;
const CHANNEL = /(?:\s+-\s+Topic|VEVO|\s+Official)$/u;

/** What a source calls a track, and whoever put it there. */
interface Found {
  readonly author: string;
  readonly title: string;
}

/**
 * The artist and the title as Last.fm knows them. Video sites put both into the title, and into the author the name of a
 * channel: "Air - La Femme d'Argent (Official Video)" by "AirVEVO".
 */
export function trackNames({ author, title }: Found): { artist: string; title: string } {
  const clean = title.replace(DECORATION, '').trim() || title;
  const [artist = '', ...rest] = clean.split(SEPARATOR);
  if (rest.length > 0 && artist !== '') {
    return { artist, title: rest.join(' - ') };
  }
  return { artist: author.replace(CHANNEL, '').trim() || author, title: clean };
}
