import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const TRACKS = 10_000;
const ROUNDS = 20;

/**
 * A CSV of 10,000 tracks from its upload to the stored playlist; then one of its tracks moved, again and again.
 * @returns sorted milliseconds of each, and of what they are compared with
 */
export async function measureLongPlaylist(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(backlog.env);
  const { cookie } = await signUp(server.origin, backlog, 'playlists');
  const upload = async () => {
    const form = new FormData();
    form.append('file', new Blob([csvOf(TRACKS)]), 'long.csv');
    return called(`${server.origin}/api/playlists/import/file`, { method: 'POST', body: form, headers: { cookie } });
  };
  await upload();
  const uploads = await timed(ROUNDS, upload);
  const { playlist } = await upload();
  const address = `${server.origin}/api/playlists/${playlist.id}`;
  const moves = await timed(ROUNDS, (round) =>
    called(`${address}/tracks`, {
      method: 'PATCH',
      headers: { cookie, 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify({ operations: [{ op: 'move', positions: [round], to: TRACKS - 1 - round }] }),
    }),
  );
  const reads = await timed(ROUNDS, () => called(address, { headers: { cookie } }));
  const { peakMegabytes } = server.usage();
  const writes = await withClient(backlog.url, (client) => writeAlone(client, playlist.id));
  await server.stop();
  await backlog.sandbox.close();
  return { uploads, moves, reads, writes, peakMegabytes };
}

/** The limit: the row of such a playlist, written by one bare connection that has it as text already. */
async function writeAlone(client, id) {
  const { rows } = await client.query('select tracks::text as tracks from playlist where id = $1', [id]);
  return timed(ROUNDS, () =>
    client.query('update playlist set previous_tracks = tracks, tracks = $2 where id = $1', [id, rows[0].tracks]),
  );
}

async function timed(rounds, work) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work(round);
    times.push(performance.now() - startedAt);
  }
  return times.sort((one, other) => one - other);
}

async function called(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) {
    throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

function csvOf(rows) {
  const lines = ['artist,title,album,duration'];
  for (let row = 0; row < rows; row += 1) {
    lines.push(`The Benchmarks ${row % 997},Song number ${row},An album with a name ${row % 499},200`);
  }
  return lines.join('\n');
}
