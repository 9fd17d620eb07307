import type { ArchivedTrack } from './archived-playlists.js';

const ADVANCED = /(artist|track|album):(?:"([^"]*)"|(\S+))/g;

/** What the real hosts find is their secret; here every word has to stand in artist, title or album. */
export function matchingTracks(tracks: readonly ArchivedTrack[], query: string): ArchivedTrack[] {
  const wanted = [...query.matchAll(ADVANCED)].map(([, field = '', quoted, bare]) => ({
    field,
    text: plain(quoted ?? bare ?? ''),
  }));
  const words = plain(query.replace(ADVANCED, '')).split(/\s+/).filter(Boolean);
  return tracks.filter((track) => {
    const fields: Record<string, string> = {
      artist: plain(track.artists.join(' ')),
      track: plain(track.title),
      album: plain(track.album),
    };
    const everything = Object.values(fields).join(' ');
    return (
      wanted.every(({ field, text }) => fields[field]?.includes(text)) &&
      words.every((word) => everything.includes(word))
    );
  });
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
