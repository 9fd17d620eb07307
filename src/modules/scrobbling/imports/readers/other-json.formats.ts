import type { HistoryFormat, HistoryInput } from './history-format.js';
import type { HistoryRow } from './history-row.js';
import { at, jsonEntries } from './json-entries.js';
import { readMoment } from './played-at.js';
import { type RawPlay, rowOf, skippedRow } from './row-of.js';

/** ghan.nl's JSON: an array of pages of `user.getRecentTracks`. */
export const lastfmJson: HistoryFormat = {
  name: 'lastfm-json',
  matches: (beginning) => /^\s*\[\s*\{\s*"(track|@attr)"\s*:/.test(beginning) && beginning.includes('"uts"'),
  read: readLastfm,
};

/** Maloja's export: `{scrobbles: [{time, track: {artists, title, album, length}}]}`. */
export const maloja: HistoryFormat = {
  name: 'maloja',
  matches: (beginning) => beginning.includes('"scrobbles"') && beginning.includes('"artists"'),
  read: readMaloja,
};

/** YouTube Music in Google Takeout's `watch-history.json`; what was watched elsewhere on YouTube is left out. */
export const youtubeMusic: HistoryFormat = {
  name: 'youtube-music',
  matches: (beginning) => beginning.includes('"titleUrl"') && /"header"\s*:\s*"YouTube/.test(beginning),
  read: readTakeout,
};

async function* readLastfm({ bytes }: HistoryInput): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const page of jsonEntries(bytes, '$.*')) {
    const tracks = page['track'];
    for (const track of Array.isArray(tracks) ? (tracks as unknown[]) : [tracks]) {
      row += 1;
      yield readLastfmTrack(row, track);
    }
  }
}

function readLastfmTrack(row: number, track: unknown): HistoryRow {
  const [artist, title] = [at(track, 'artist', '#text') ?? at(track, 'artist', 'name'), at(track, 'name')];
  const raw: RawPlay = {
    artist,
    title,
    album: at(track, 'album', '#text'),
    playedAt: readMoment(at(track, 'date', 'uts')),
  };
  if (at(track, '@attr', 'nowplaying') === 'true') {
    return skippedRow(row, 'It was playing at that moment and is no scrobble yet.', labelOf(artist, title));
  }
  return rowOf(row, raw, labelOf(artist, title));
}

async function* readMaloja({ bytes }: HistoryInput): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const scrobble of jsonEntries(bytes, '$.scrobbles.*')) {
    row += 1;
    const [artist, title] = [at(scrobble, 'track', 'artists', 0), at(scrobble, 'track', 'title')];
    const length = at(scrobble, 'track', 'length');
    const raw: RawPlay = {
      artist,
      title,
      album: at(scrobble, 'track', 'album', 'albumtitle'),
      durationSeconds: typeof length === 'number' ? length : null,
      playedAt: readMoment(at(scrobble, 'time')),
    };
    yield rowOf(row, raw, labelOf(artist, title));
  }
}

async function* readTakeout({ bytes }: HistoryInput): AsyncGenerator<HistoryRow> {
  let row = 0;
  for await (const watched of jsonEntries(bytes, '$.*')) {
    row += 1;
    const channel = at(watched, 'subtitles', 0, 'name');
    const label = String(watched['title']);
    if (watched['header'] !== 'YouTube Music') {
      yield skippedRow(row, 'It was not played in YouTube Music.', label);
    } else {
      const artist = typeof channel === 'string' ? channel.replace(/ - Topic$/, '') : '';
      yield rowOf(row, { artist, title: watchedTitle(watched), playedAt: readMoment(watched['time']) }, label);
    }
  }
}

/** `Watched Some Song`: the word is in the language of the person, so whatever stands before the first blank goes. */
function watchedTitle({ title }: Record<string, unknown>): string {
  return typeof title === 'string' ? title.replace(/^\S+\s+/, '') : '';
}

function labelOf(artist: unknown, title: unknown): string {
  return `${String(artist)} - ${String(title)}`;
}
