import type { PlatformEntry } from '../platform-playlist.js';
import type { SpotifyEntry } from './spotify-replies.js';

const MARKUP = /<[^>]*>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#x2F': '/',
};

/** A file on its owner's own disk is a track like any other, as long as it has names. */
export function entryOf(entry: SpotifyEntry | null): PlatformEntry {
  const found = entry?.item ?? entry?.track;
  if (!found) {
    return { kind: 'no-track', reason: 'Spotify no longer has what was here.', text: '' };
  }
  const { isEpisode, ...track } = found;
  if (isEpisode) {
    return { kind: 'no-track', reason: 'This is an episode of a podcast, not a song.', text: track.title };
  }
  return entry?.is_local === true && isNameless(track) ? namelessFile(track) : { kind: 'track', ...track };
}

function isNameless({ artist, title }: { artist: string; title: string }): boolean {
  return artist === '' || title === '';
}

function namelessFile({ artist, title }: { artist: string; title: string }): PlatformEntry {
  const reason = "This is a file on its owner's computer, and Spotify does not know what it is called.";
  return { kind: 'no-track', reason, text: `${artist || '?'} - ${title || '?'}` };
}

/** Spotify's descriptions are HTML: links, and escaped signs. */
export function plainDescription(description: string): string {
  return description
    .replace(MARKUP, '')
    .replace(/&(#?\w+);/g, (escaped, name: string) => ENTITIES[name] ?? escaped)
    .trim();
}
