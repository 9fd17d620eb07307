import { historyNameOf } from './listening-history.js';

describe('the name of a listening history', () => {
  it.each([
    ['#AUDIOSCROBBLER/1.1\n#TZ/UTC\n#CLIENT/Rockbox\nLow\t\tLazy\t1\t200\tL\t1700000000\t\n', 'scrobbler log'],
    ['[\n {\n  "ts": "2025-04-28T21:04:35Z",\n  "platform": "x",\n  "ms_played": 1000,', 'extended streaming history'],
    ['[{"endTime":"2024-01-01 10:00","artistName":"a","trackName":"b","msPlayed":1}]', "account's streaming history"],
    ['[{"header":"YouTube Music","title":"Watched x"}]', 'YouTube'],
    ['{"track_metadata":{"artist_name":"a"},"listened_at":1700000000}\n{', 'ListenBrainz'],
    ['[{"inserted_at":1,"listened_at":1700000000,"track_metadata":{}}]', 'ListenBrainz'],
    ['{"scrobbles":[{"time":1700000000,"track":{"artists":["a"]}}]}', 'Maloja'],
    ['[{"track":[{"artist":{"#text":"a"},"name":"b","date":{"uts":"1700000000"}}]}]', 'Last.fm'],
    ['uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n', 'Last.fm'],
    ['"uts";"artist";"track"\n', 'Last.fm'],
    ['Low,Secret Name,Lazy,09 Nov 2026 17:03\n', 'Last.fm'],
    ['Time,Artist,Track\n1700000000,Low,Lazy\n', 'libre.fm'],
  ])('is found in %j', (text, name) => {
    expect(historyNameOf(text)).toContain(name);
  });

  it.each([
    'artist,title\nLow,Lazy',
    'Name\tArtist\tTime\nLazy\tLow\t239',
    '{"playlists":[{"name":"x","items":[]}]}',
    '[{"artist":"a","title":"ms_played"}]',
    'Low - Lazy',
    '#EXTM3U\n',
    '',
  ])('is not found in %j', (text) => {
    expect(historyNameOf(text)).toBeNull();
  });
});
