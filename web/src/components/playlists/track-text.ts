import type { PlaylistTrack } from '../../api/models';

const SEPARATOR = /\s[-–—]\s|\t/;

const lineOf = ({ artist, title }: PlaylistTrack): string => `${artist} - ${title}`;

/** Tracks as lines to edit. */
export function tracksToText(tracks: readonly PlaylistTrack[]): string {
  return tracks.map(lineOf).join('\n');
}

interface Reading {
  tracks: PlaylistTrack[];
  /** Line numbers, from 1, that are no track. */
  badLines: number[];
}

/** Lines as tracks again. A line that was not touched keeps everything its track had: album, length, the odd dash. */
export function textToTracks(text: string, before: readonly PlaylistTrack[]): Reading {
  const known = new Map<string, PlaylistTrack[]>();
  for (const track of before) {
    known.set(lineOf(track), [...(known.get(lineOf(track)) ?? []), track]);
  }
  const tracks: PlaylistTrack[] = [];
  const badLines: number[] = [];
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') {
      return;
    }
    const track = known.get(line)?.shift() ?? parseLine(line);
    if (track) {
      tracks.push(track);
    } else {
      badLines.push(index + 1);
    }
  });
  return { tracks, badLines };
}

function parseLine(line: string): PlaylistTrack | null {
  const [artist = '', ...rest] = line.split(SEPARATOR);
  const title = rest.join(' - ').trim();
  return artist.trim() === '' || title === '' ? null : newTrack({ artist: artist.trim(), title });
}

export function newTrack({ artist, title, album }: { artist: string; title: string; album?: string }): PlaylistTrack {
  return {
    artist,
    title,
    album: album === undefined || album === '' ? null : album,
    albumArtist: null,
    durationSeconds: null,
  };
}
