import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { startEmbeddedPostgres } from '../dist/src/embedded-postgres/index.js';
import { deliverBacklog } from './deliver-backlog.mjs';
import { deliverByPostgresAlone } from './postgres-alone.mjs';
import { tickManyRuns } from './ticker.mjs';
import { measureFlatCosts } from './flat-costs.mjs';
import { importHistory } from './history-import.mjs';
import { measureLatency, milliseconds } from './latency.mjs';
import { measureLongPlaylist } from './playlists.mjs';
import { measureSearch } from './search.mjs';
import { measureMemory } from './memory.mjs';
import { holdRateLimits } from './rate-limits.mjs';
import { readStatistics } from './statistics.mjs';
import { hearTogether } from './voice.mjs';
import { moveUserData } from './user-data.mjs';
import { printTable } from './print-table.mjs';

/**
 * Each figure stands beside a limit measured in the same run, on a throw-away but durable PostgreSQL (fsync on).
 * `npm run bench -- unthrottled` runs the rows whose name holds that word.
 */
const wanted = process.argv[2] ?? '';
const rows = [];
const measure = async (name, work) => {
  if (name.includes(wanted)) {
    process.stdout.write(`… ${name}\n`);
    rows.push(...(await work()));
  }
};

const folder = await mkdtemp(path.join(os.tmpdir(), 'universal-scrobbler-bench-'));
const postgres = await startEmbeddedPostgres({
  dataDir: path.join(folder, 'postgres'),
  settings: { track_commit_timestamp: 'on' },
});
try {
  await measure('deliver 10,000 scrobbles of 200 accounts, unthrottled', async () => {
    const rounds = [];
    for (let i = 0; i < 3; i += 1) {
      const limit = await deliverByPostgresAlone(postgres.url);
      const result = await deliverBacklog(postgres.url, { callsPerSecond: 100_000, burst: 100_000, isWarm: true });
      rounds.push({ limit, ...result, share: result.perSecond / limit });
    }
    const { limit, perSecond, share, detail } = rounds.sort((a, b) => a.share - b.share)[1];
    return [
      { figure: 'the same rows and statements by PostgreSQL alone (bare pg loop)', value: `${limit} scrobbles/s` },
      {
        figure: 'delivered, Last.fm unthrottled (the middle one of three rounds)',
        value: `${perSecond} scrobbles/s`,
        limit: `${share.toFixed(2)} × PostgreSQL alone (${rounds.map((round) => round.share.toFixed(2)).join(', ')})`,
        detail,
      },
    ];
  });
  await measure('deliver 10,000 scrobbles of 200 accounts at 5 calls/s', async () => {
    const [callsPerSecond, burst] = [5, 10];
    const result = await deliverBacklog(postgres.url, { callsPerSecond, burst });
    const ideal = (200 - burst) / callsPerSecond;
    return [
      {
        figure: 'delivered at 5 calls/s, burst 10',
        value: `${result.seconds.toFixed(2)} s`,
        limit: `${(result.seconds / ideal).toFixed(3)} × the ideal ${ideal} s`,
        detail: result.detail,
      },
    ];
  });
  await measure('latency of 300 single scrobbles, idle', async () => {
    const { latencies, bare } = await measureLatency(postgres.url);
    return [
      { figure: 'NOTIFY, LISTEN and an HTTP call with nothing in between', value: milliseconds(bare) },
      {
        figure: 'recorded to sent, idle',
        value: milliseconds(latencies),
        limit: 'p99 below 250 ms is the aim',
        detail: `${latencies.length} scrobbles over HTTP at random moments, 5 calls/s`,
      },
    ];
  });
  await measure('ticker of 102,000 runs', async () => {
    const result = await tickManyRuns(postgres.url);
    return [
      {
        figure: '1,700 of 102,000 runs due a second',
        value: `late: p50 ${result.p50.toFixed(2)} s, p99 ${result.p99.toFixed(2)} s, at most ${result.max.toFixed(2)} s`,
        limit: 'p99 below 2 s is the aim',
        detail: `${result.plays} plays, ${result.perSecond}/s, until their commit; ${(result.cpuShare * 100).toFixed(0)} % of a core, ${result.peakMegabytes} MB RSS at most; deliveries halted`,
      },
    ];
  });
  await measure('voice: 500 servers with 20 listeners each start in one second', async () => {
    const result = await hearTogether(postgres.url);
    const { whileStarting, whileDeciding } = result;
    const loop = ({ p50, p99, most }) => `event loop p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms`;
    return [
      {
        figure: '500 starts with 20 linked listeners each, over HTTP',
        value: `${result.toldSeconds.toFixed(1)} s`,
        detail: loop(whileStarting),
      },
      {
        figure: 'their 10,000 decisions and scrobbles, from the threshold to the last commit',
        value: `${result.decidedSeconds.toFixed(1)} s`,
        detail: `${loop(whileDeciding)}; ${result.cpuSeconds.toFixed(1)} s CPU in all, ${result.peakMegabytes} MB RSS at most`,
      },
      {
        figure: 'now playing of 10,000 listeners at 5 calls/s, burst 10',
        value: `${result.announced} sent, the last after ${result.lastAnnouncedSeconds.toFixed(1)} s; the others dropped`,
        limit: 'all within 30 s; 160 is the most there can be',
      },
    ];
  });
  await measure('cost of what waits', async () => {
    const { few, many } = await measureFlatCosts(postgres.url);
    return [
      {
        figure: 'a tick with 100,000 runs that are not due',
        value: `${many.tick.toFixed(1)} ms`,
        limit: `${(many.tick / few.tick).toFixed(2)} × the ${few.tick.toFixed(1)} ms with 1,000`,
      },
      {
        figure: 'leasing one lane of 100,000 that wait',
        value: `${many.lease.toFixed(1)} ms`,
        limit: `${(many.lease / few.lease).toFixed(2)} × the ${few.lease.toFixed(1)} ms with 1,000`,
      },
    ];
  });
  await measure('user data of 200,000 scrobbles', async () => {
    const { exported, merged, cpuSeconds, before, after } = await moveUserData(postgres.url);
    return [
      {
        figure: 'everything about a user with 200,000 scrobbles, from the request to the finished zip',
        value: `${exported.perSecond} rows/s`,
        detail: `${exported.rows} rows in ${exported.seconds.toFixed(1)} s, ${(exported.bytes / 1e6).toFixed(1)} MB; ${cpuSeconds.toFixed(1)} s CPU; RSS ${before.peakMegabytes} MB before, ${after.peakMegabytes} MB at most`,
      },
      {
        figure: 'that user merged into one who has 20,000 of these scrobbles, too',
        value: `${merged.toFixed(1)} s`,
        detail: 'from the yes to the answer, in one transaction',
      },
    ];
  });
  if (wanted === 'memory') {
    await measure('memory over 10 minutes of load', async () => {
      const { entered, minutely, slopes } = await measureMemory(postgres.url);
      return [
        {
          figure: 'memory over 10 minutes of load',
          value: `heap ${slopes.heap.toFixed(2)} MB a minute, RSS ${slopes.rss.toFixed(2)} MB a minute`,
          limit: 'flat is the aim',
          detail: `${entered} scrobbles; each minute heap/RSS in MB: ${minutely.map(({ heap, rss }) => `${heap}/${rss}`).join(', ')}`,
        },
      ];
    });
  }
  await measure('history of 100,000 rows', async () => {
    const { perSecond, barePerSecond, share, detail } = await importHistory(postgres.url);
    return [
      { figure: 'the rows of a history by one bare connection', value: `${barePerSecond} rows/s` },
      {
        figure: 'a history of 100,000 rows, from the upload to the last row kept',
        value: `${perSecond} rows/s`,
        limit: `${share.toFixed(2)} × the bare connection`,
        detail,
      },
    ];
  });
  await measure('statistics of 200,000 scrobbles', async () => {
    const { ledger, countSeconds, p50, p95, each } = await readStatistics(postgres.url);
    return [
      {
        figure: `statistics of 200,000 scrobbles in a ledger of ${ledger.toLocaleString('en')}, over HTTP`,
        value: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
        limit: 'p95 below 50 ms is the aim',
        detail: `p95 of each: ${each}; counting everything once ${countSeconds.toFixed(1)} s`,
      },
    ];
  });
  await measure('playlist of 10,000 tracks', async () => {
    const { uploads, moves, reads, writes, peakMegabytes } = await measureLongPlaylist(postgres.url);
    const median = (times) => times[Math.floor(times.length / 2)];
    const besideWriting = (times) => `${(median(times) / median(writes)).toFixed(1)} × writing the row alone`;
    return [
      { figure: 'the row of 10,000 tracks, written by one bare connection', value: milliseconds(writes) },
      {
        figure: 'a CSV of 10,000 tracks, from its upload to the stored playlist',
        value: milliseconds(uploads),
        limit: besideWriting(uploads),
        detail: `${peakMegabytes} MB RSS at most; the whole playlist is answered`,
      },
      { figure: 'one of 10,000 tracks moved', value: milliseconds(moves), limit: besideWriting(moves) },
      { figure: 'a playlist of 10,000 tracks read', value: milliseconds(reads) },
    ];
  });
  await measure('search with a stalled platform', async () => {
    const { healthy, stalled, deadlineMs } = await measureSearch(postgres.url);
    return [
      { figure: 'a search, all platforms well', value: milliseconds(healthy), detail: '50,000 tracks of one’s own' },
      {
        figure: 'a search while Last.fm takes calls and answers none',
        value: milliseconds(stalled),
        limit: `${(stalled.at(-1) / deadlineMs).toFixed(2)} × the deadline of ${deadlineMs} ms at most`,
        detail: 'each answered what the others had found',
      },
    ];
  });
  await measure('rate limits of 200,000 requests of 1,000 callers', async () => {
    const { shared, upsertEach } = await holdRateLimits(postgres.url);
    return [
      { figure: 'rate limit: an upsert for every request', value: `${upsertEach.perSecond} requests/s` },
      {
        figure: 'rate limit: blocks shared by replicas',
        value: `${shared.perSecond} requests/s`,
        limit: `${(shared.perSecond / upsertEach.perSecond).toFixed(1)} × an upsert each`,
        detail: `${shared.statements} statements, ${shared.microseconds} µs of the process a request`,
      },
    ];
  });
} finally {
  await postgres.release();
  await rm(folder, { recursive: true, force: true });
  printTable(rows);
}
