import type { HistoryFormat, HistoryInput } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { jsonEntries } from './json-entries.js';
import { readMoment } from './played-at.js';
import { rowOf, skippedRow } from './row-of.js';

/** As Spotify itself counts a stream. */
const SHORTEST_PLAY_MS = 30_000;

/**
 * Spotify's "extended streaming history" (`Streaming_History_Audio_*.json`, `endsong_*.json`). `ts` is the end of the
 * stream. The address and country of each play are in the file too; they are not read.
 */
export const spotifyExtended: HistoryFormat = {
  name: 'spotify-extended',
  matches: (beginning) => beginning.includes('"master_metadata_track_name"'),
  read: readExtended,
};

/** Spotify's "account data" (`StreamingHistory_music_*.json`): the last year, to the minute. */
export const spotifyAccount: HistoryFormat = {
  name: 'spotify-account',
  matches: (beginning) => beginning.includes('"endTime"') && beginning.includes('"msPlayed"'),
  read: readAccount,
};

async function* readExtended({ bytes }: HistoryInput): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const entry of jsonEntries(bytes, '$.*')) {
    row += 1;
    yield readExtendedEntry(row, entry);
  }
}

function readExtendedEntry(row: number, entry: Record<string, unknown>): HistoryRow {
  const title = entry['master_metadata_track_name'];
  const text = `${nameOf(entry['master_metadata_album_artist_name'])} - ${nameOf(title)}`;
  if (typeof title !== 'string') {
    return skippedRow(row, 'It is no music: a podcast, an audiobook or a video.', nameOf(entry['episode_name']));
  }
  if (entry['incognito_mode'] === true) {
    return skippedRow(row, 'It was heard in a private listening time.', text);
  }
  return (
    tooShort(row, entry['ms_played'], text) ??
    rowOf(
      row,
      {
        artist: entry['master_metadata_album_artist_name'],
        title,
        album: entry['master_metadata_album_album_name'],
        playedAt: startOf(entry['ts'], entry['ms_played']),
      },
      text,
    )
  );
}

async function* readAccount({ bytes }: HistoryInput): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const entry of jsonEntries(bytes, '$.*')) {
    row += 1;
    const { artistName: artist, trackName: title, msPlayed, endTime } = entry;
    const text = `${nameOf(artist)} - ${nameOf(title)}`;
    yield tooShort(row, msPlayed, text) ?? rowOf(row, { artist, title, playedAt: startOf(endTime, msPlayed) }, text);
  }
}

function tooShort(row: number, playedMs: unknown, text: string): HistoryRow | undefined {
  return typeof playedMs === 'number' && playedMs < SHORTEST_PLAY_MS
    ? skippedRow(row, 'It was heard for less than 30 seconds.', text)
    : undefined;
}

function startOf(endedAt: unknown, playedMs: unknown): Date | null {
  const end = readMoment(endedAt);
  return end && new Date(end.getTime() - (typeof playedMs === 'number' ? playedMs : 0));
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : '?';
}
