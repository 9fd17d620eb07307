import { Backlog } from './backlog.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const SEARCHES = 100;
const STALLED_SEARCHES = 10;
const PLAYLISTS = 5;
const TRACKS = 10_000;
const DEADLINE_MS = 1_000;

/**
 * Searches over 50,000 tracks of one's own and Last.fm, then the same while Last.fm takes calls and answers none.
 * @returns sorted milliseconds of both, and the deadline
 */
export async function measureSearch(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer({
    ...backlog.env,
    SEARCH_DEADLINE_MS: String(DEADLINE_MS),
    LASTFM_CALLS_PER_SECOND: '1000',
    LASTFM_CALL_BURST: '1000',
  });
  const { get, post } = await signUp(server.origin, backlog, 'searcher');
  for (let playlist = 0; playlist < PLAYLISTS; playlist += 1) {
    await post('/playlists', { title: `Playlist ${playlist}`, tracks: tracksOf(playlist) });
  }
  await get('/search?q=warm');
  const healthy = await timed(SEARCHES, get, { playlists: 'answered', lastfm: 'answered' });
  const recover = backlog.sandbox.faults.always(
    { kind: 'stall', milliseconds: 60_000, accepting: false },
    { method: 'track.search' },
  );
  const stalled = await timed(STALLED_SEARCHES, get, { playlists: 'answered', lastfm: 'timed_out' });
  recover();
  await server.stop();
  await backlog.sandbox.close();
  return { healthy, stalled, deadlineMs: DEADLINE_MS };
}

async function timed(rounds, get, expected) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const { items, platforms } = await get(`/search?q=benchmarks%20song%20${round}`);
    times.push(performance.now() - startedAt);
    const states = Object.fromEntries(platforms.map(({ platform, state }) => [platform, state]));
    if (items.length === 0 || Object.entries(expected).some(([platform, state]) => states[platform] !== state)) {
      throw new Error(`Search ${round} answered ${JSON.stringify(states)} and ${items.length} hits.`);
    }
  }
  return times.sort((one, other) => one - other);
}

function tracksOf(playlist) {
  return Array.from({ length: TRACKS }, (_, row) => ({
    artist: `The Benchmarks ${row % 97}`,
    title: `Song ${playlist * TRACKS + row}`,
    album: `Album ${row % 499}`,
  }));
}
