import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';

import type { HistoryRow } from './history-row.js';
import { readHistory, recognise } from './read-history.js';

const HEARD = 1_795_000_000;
const at = (unixSeconds: number): Date => new Date(unixSeconds * 1000);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'read-history-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(content: string | Buffer): Promise<string> {
  const file = path.join(folder, 'upload');
  await writeFile(file, content);
  return file;
}

async function rowsOf(content: string | Buffer, timeZone = 'UTC'): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for await (const { row } of readHistory(await fileOf(content), timeZone)) {
    rows.push(row);
  }
  return rows;
}

const summaryOf = (rows: readonly HistoryRow[]) =>
  rows.map((row) =>
    'skipped' in row
      ? row.skipped
      : `${row.play.artist} - ${row.play.title} @${row.play.playedAt.toISOString().slice(0, 19)}`,
  );

const log = (zone: string): string =>
  `#AUDIOSCROBBLER/1.1\n#TZ/${zone}\n#CLIENT/Rockbox\n` +
  `Sigur Rós\tTakk...\tHoppípolla\t2\t268\tL\t${HEARD}\t\n` +
  `Sigur Rós\tTakk...\tGlósóli\t3\t377\tS\t${HEARD + 300}\t\n` +
  `<Untagged>\t\tNoise\t\t60\tL\t${HEARD + 700}\t\n# FAILED something\nnonsense\n`;

const spotify = JSON.stringify([
  {
    ts: at(HEARD + 268)
      .toISOString()
      .replace('.000', ''),
    ms_played: 268_000,
    ip_addr: '203.0.113.7',
    master_metadata_track_name: 'Hoppípolla',
    master_metadata_album_artist_name: 'Sigur Rós',
    master_metadata_album_album_name: 'Takk...',
    incognito_mode: false,
  },
  { ts: '2026-01-01T00:00:00Z', ms_played: 600_000, master_metadata_track_name: null, episode_name: 'A talk' },
  {
    ts: '2026-01-01T00:00:00Z',
    ms_played: 60_000,
    master_metadata_track_name: 'Secret',
    master_metadata_album_artist_name: 'Nobody',
    incognito_mode: true,
  },
  {
    ts: '2026-01-01T00:00:00Z',
    ms_played: 29_999,
    master_metadata_track_name: 'Short',
    master_metadata_album_artist_name: 'Nobody',
  },
]);

const listen = (title: string, listenedAt = HEARD): string =>
  JSON.stringify({
    listened_at: listenedAt,
    track_metadata: {
      artist_name: 'Björk',
      track_name: title,
      release_name: 'Post',
      additional_info: { duration_ms: 305_000 },
    },
  });

const HEARD_ISO = at(HEARD).toISOString().slice(0, 19);

describe('readHistory', () => {
  it('reads a scrobbler log, and says why rows of it are no plays', async () => {
    const rows = await rowsOf(log('UTC'));

    expect(rows[0]).toEqual({
      row: 4,
      play: {
        artist: 'Sigur Rós',
        title: 'Hoppípolla',
        album: 'Takk...',
        albumArtist: null,
        durationSeconds: 268,
        playedAt: at(HEARD),
      },
    });
    expect(summaryOf(rows.slice(1))).toEqual([
      'It was skipped before half of it was heard.',
      'There is no artist.',
      'This is no row of a scrobbler log.',
    ]);
  });

  it("takes the times of a log without a time zone as its person's wall clock, summer time included", async () => {
    const summer = Date.UTC(2026, 6, 1, 20, 0) / 1000;
    const [row] = await rowsOf(log('UNKNOWN').replace(String(HEARD), String(summer)), 'Europe/Berlin');

    expect(summaryOf([row!])).toEqual(['Sigur Rós - Hoppípolla @2026-07-01T18:00:00']);
  });

  it("reads Spotify's extended history: the start is the end less what was played, and nothing tells where", async () => {
    const rows = await rowsOf(spotify);

    expect(summaryOf(rows)).toEqual([
      `Sigur Rós - Hoppípolla @${HEARD_ISO}`,
      'It is no music: a podcast, an audiobook or a video.',
      'It was heard in a private listening time.',
      'It was heard for less than 30 seconds.',
    ]);
    expect(JSON.stringify(rows)).not.toContain('203.0.113.7');
  });

  it.each([
    {
      what: "Spotify's account data",
      format: 'spotify-account',
      content: JSON.stringify([
        { endTime: '2026-04-28 21:04', artistName: 'Björk', trackName: 'Isobel', msPlayed: 60_000 },
      ]),
      rows: ['Björk - Isobel @2026-04-28T21:03:00'],
    },
    {
      what: 'lines of ListenBrainz',
      format: 'listenbrainz',
      content: `${listen('Isobel')}\n\n${listen('Hyperballad', HEARD + 1)}\n{"broken`,
      rows: [
        `Björk - Isobel @${HEARD_ISO}`,
        `Björk - Hyperballad @${at(HEARD + 1)
          .toISOString()
          .slice(0, 19)}`,
        'This line is no JSON.',
      ],
    },
    {
      what: 'an array of ListenBrainz',
      format: 'listenbrainz',
      content: `\ufeff [${listen('Isobel')}]`,
      rows: [`Björk - Isobel @${HEARD_ISO}`],
    },
    {
      what: "Last.fm's scrobbles without a header",
      format: 'lastfm-csv',
      content: '"Simon, Garfunkel",Bookends,America,03 Apr 2019 12:30\nBjörk,Post,Isobel,\n',
      rows: ['Simon, Garfunkel - America @2019-04-03T12:30:00', 'There is no time that can be read.'],
    },
    {
      what: "Last.fm's scrobbles with a header",
      format: 'lastfm-csv',
      content: `uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n${HEARD},"x",Björk,,Post,,Isobel,\n`,
      rows: [`Björk - Isobel @${HEARD_ISO}`],
    },
    {
      what: "Last.fm's scrobbles as JSON",
      format: 'lastfm-json',
      content: JSON.stringify([
        {
          track: [
            { artist: { '#text': 'Björk' }, name: 'Now', '@attr': { nowplaying: 'true' } },
            { artist: { '#text': 'Björk' }, name: 'Isobel', album: { '#text': 'Post' }, date: { uts: String(HEARD) } },
          ],
        },
      ]),
      rows: ['It was playing at that moment and is no scrobble yet.', `Björk - Isobel @${HEARD_ISO}`],
    },
    {
      what: "libre.fm's CSV, after its comments",
      format: 'csv',
      content: `# libre.fm\nTime,Artist,Track,Album\n${HEARD},Björk,Isobel,Post\n`,
      rows: [`Björk - Isobel @${HEARD_ISO}`],
    },
    {
      what: 'a CSV with semicolons and ISO times',
      format: 'csv',
      content: '\ufeffTitle;Artist;Played_at;Duration\nIsobel;Björk;2026-01-02 03:04:05;350\n;Björk;2026-01-02;1\n',
      rows: ['Björk - Isobel @2026-01-02T03:04:05', 'There is no title.'],
    },
    {
      what: 'Maloja',
      format: 'maloja',
      content: JSON.stringify({
        scrobbles: [{ time: HEARD, track: { artists: ['Björk', 'Tricky'], title: 'Headphones', length: 340 } }],
      }),
      rows: [`Björk - Headphones @${HEARD_ISO}`],
    },
    {
      what: 'YouTube Music, in any language',
      format: 'youtube-music',
      content: JSON.stringify([
        {
          header: 'YouTube Music',
          title: 'Angesehen: Isobel',
          titleUrl: 'https://music.youtube.com/watch?v=x',
          subtitles: [{ name: 'Björk - Topic' }],
          time: '2026-01-02T03:04:05.678Z',
        },
        { header: 'YouTube', title: 'Watched a cat', titleUrl: 'x', time: '2026-01-02T03:04:05.678Z' },
      ]),
      rows: ['Björk - Isobel @2026-01-02T03:04:05', 'It was not played in YouTube Music.'],
    },
  ])('reads $what', async ({ content, format, rows }) => {
    expect(summaryOf(await rowsOf(content))).toEqual(rows);
    expect(await recognise(await fileOf(content))).toMatchObject({ format });
  });

  it('reads the histories of a zip in the order of their names, and names the file of a row it skips', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(listen('Second')), 'listens/2026/02.jsonl');
    zip.addBuffer(Buffer.from(`${listen('First')}\n{"broken`), 'listens/2026/01.jsonl');
    zip.addBuffer(Buffer.from('%PDF-1.7'), 'ReadMe.pdf');
    zip.addBuffer(Buffer.from('{"user_name":"x"}'), 'user.json');
    zip.end();

    const rows = await rowsOf(await buffer(zip.outputStream));

    expect(summaryOf(rows)).toEqual([
      `Björk - First @${HEARD_ISO}`,
      'This line is no JSON.',
      `Björk - Second @${HEARD_ISO}`,
    ]);
    expect(rows[1]).toMatchObject({ text: 'listens/2026/01.jsonl: {"broken' });
  });

  it.each([
    { what: 'a picture', content: Buffer.from('89504e470d0a1a0a', 'hex') },
    { what: 'a playlist', content: 'artist,title\nBjörk,Isobel\n' },
    { what: 'an empty file', content: '' },
    { what: 'JSON of something else', content: '{"hello":"world"}' },
  ])('does not know $what', async ({ content }) => {
    await expect(recognise(await fileOf(content))).rejects.toMatchObject({ code: 'history_format_unknown' });
  });

  it.each([
    { what: 'JSON that breaks off', content: `[${listen('Isobel')},${listen('x').slice(0, 40)}` },
    { what: 'a CSV whose quotation mark is never closed', content: `time,artist,track\n${HEARD},"Björk,Isobel\n` },
    { what: 'a damaged zip', content: Buffer.from('PK\u0003\u0004 and nothing more') },
    { what: 'an endless line', content: `#AUDIOSCROBBLER/1.1\n${'x'.repeat(1_100_000)}` },
  ])('refuses $what', async ({ content }) => {
    await expect(rowsOf(content)).rejects.toMatchObject({ code: 'history_broken' });
  });

  it.each([
    { what: 'of before there was Last.fm', playedAt: 3600, reason: 'The time is before 2002: the clock was wrong.' },
    { what: 'that is no number', playedAt: 'soon', reason: 'There is no time that can be read.' },
  ])('skips a time $what', async ({ playedAt, reason }) => {
    expect(summaryOf(await rowsOf(`time,artist,track\n${playedAt},Björk,Isobel\n`))).toEqual([reason]);
  });

  it('cleans names of what cannot be stored, and skips those that are too long', async () => {
    const rows = await rowsOf(
      `time,artist,track\n${HEARD},Bj\u0000örk,Iso\u0007bel 💿\n${HEARD},${'x'.repeat(1_001)},y\n`,
    );

    expect(summaryOf(rows)).toEqual([`Björk - Isobel 💿 @${HEARD_ISO}`, 'A name is longer than 1,000 characters.']);
  });
});
