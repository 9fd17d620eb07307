import type { FoundSong } from '../../platforms/index.js';
import { toStorableLine } from '../storable-text.js';
import type { FoundTrack } from './search-source.js';

/** A platform's song as a track; null where it has no names. */
export function foundTrack({ durationSeconds, url, ...names }: FoundSong): FoundTrack | null {
  const [artist, title, album] = [names.artist, names.title, names.album].map(toStorableLine);
  return artist && title
    ? {
        artist,
        title,
        album: album || null,
        albumArtist: null,
        durationSeconds: durationSeconds >= 1 ? Math.round(durationSeconds) : null,
        url,
        playlist: null,
      }
    : null;
}
