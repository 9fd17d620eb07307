import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readPlaylistFile as readAll } from './read-playlist-file.js';
import type { Reading } from './reading.js';

interface ArchivedTrack {
  title: string;
  artists: string[];
  album: string;
  durationSeconds: number;
  spotifyTrackId: string;
  spotifyArtistIds: string[];
}

interface ArchivedPlaylist {
  name: string;
  tracks: ArchivedTrack[];
}

const readPlaylistFile = async (bytes: Buffer, fileName: string): Promise<Reading> =>
  (await readAll(bytes, fileName))[0]!;
const SAMPLES = path.resolve('samples');
const fileNames = readdirSync(path.join(SAMPLES, 'playlists')).filter((name) => name.endsWith('.json'));
const bytesOf = (...names: string[]): Buffer => readFileSync(path.join(SAMPLES, ...names));
const archived = (name: string): ArchivedPlaylist =>
  JSON.parse(bytesOf('playlists', name).toString()) as ArchivedPlaylist;

const quoted = (field: unknown): string => `"${String(field).replaceAll('"', '""')}"`;
const quotedWhereNeeded = (field: unknown): string => (/[",\n]/.test(String(field)) ? quoted(field) : String(field));

function asWatsonboxCsv({ tracks }: ArchivedPlaylist): string {
  const header = ['Track URI', 'Track Name', 'Artist URI(s)', 'Artist Name(s)', 'Album Name', 'Track Duration (ms)'];
  const rows = tracks.map((track) => [
    `spotify:track:${track.spotifyTrackId}`,
    track.title,
    track.spotifyArtistIds.map((id) => `spotify:artist:${id}`).join(', '),
    track.artists.map((artist) => artist.replaceAll(',', '\\,')).join(', '),
    track.album,
    track.durationSeconds * 1000,
  ]);
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

function asPavelkomarovCsv({ tracks }: ArchivedPlaylist): string {
  const header = ['Track URI', 'Track Name', 'Album Name', 'Artist Name(s)', 'Release Date', 'Duration (ms)'];
  const rows = tracks.map(({ spotifyTrackId, title, album, artists, durationSeconds }) => [
    `spotify:track:${spotifyTrackId}`,
    ...[title, album, artists.join(';'), '2021-05-09', durationSeconds * 1000],
  ]);
  return `\ufeff${[header, ...rows].map((row) => row.map(quotedWhereNeeded).join(',')).join('\r\n')}\r\n`;
}

const essence = ({ tracks }: Reading) =>
  tracks.map(({ artist, title, album, durationSeconds }) => ({ artist, title, album, durationSeconds }));
const expected = ({ tracks }: ArchivedPlaylist, artistOf = (track: ArchivedTrack) => track.artists[0] ?? '') =>
  tracks.map((track) => ({
    artist: artistOf(track).trim(),
    title: track.title.trim(),
    album: track.album.trim(),
    durationSeconds: track.durationSeconds,
  }));
/** That dialect has no ids: a semicolon inside a name (twice in 2,506 tracks) cannot be told from a join. */
const upToSemicolon = ({ artists }: ArchivedTrack) => artists[0]?.split(';')[0] ?? '';

describe('twelve real playlists', () => {
  it('are all there', () => {
    expect(fileNames).toHaveLength(12);
    expect(fileNames.flatMap((name) => archived(name).tracks)).toHaveLength(2506);
  });

  it.each(fileNames)('%s reads the same from JSON and from both dialects of Exportify', async (name) => {
    const playlist = archived(name);

    const json = await readPlaylistFile(bytesOf('playlists', name), name);
    const watsonbox = await readPlaylistFile(Buffer.from(asWatsonboxCsv(playlist)), 'x.csv');
    const pavelkomarov = await readPlaylistFile(Buffer.from(asPavelkomarovCsv(playlist)), 'x.csv');

    expect(json.title).toBe(playlist.name);
    expect(essence(json)).toEqual(expected(playlist));
    expect(essence(watsonbox)).toEqual(expected(playlist));
    expect(essence(pavelkomarov)).toEqual(expected(playlist, upToSemicolon));
    expect([json, watsonbox, pavelkomarov].map(({ skippedTotal }) => skippedTotal)).toEqual([0, 0, 0]);
  });

  it.each([
    ['lo-fi-beats.exportify.csv', 'lo-fi-beats.json'],
    ['top-50-japan.exportify.csv', 'top-50-japan.json'],
  ])('the sample %s holds the tracks of %s', async (csv, json) => {
    expect(essence(await readPlaylistFile(bytesOf(csv), csv))).toEqual(expected(archived(json)));
  });
});
