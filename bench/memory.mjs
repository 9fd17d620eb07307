import { setTimeout as pause } from 'node:timers/promises';

import { Backlog } from './backlog.mjs';
import { signUp } from './latency.mjs';
import { startMeasuredServer } from './measured-server.mjs';

const USERS = 20;
const PARALLEL = 4;
const MEGABYTE = 1024 * 1024;

/** Scrobbles are entered over HTTP and delivered as fast as it goes; memory after a forced collection, each minute. */
export async function measureMemory(serverUrl, minutes = 10) {
  const backlog = await Backlog.create(serverUrl);
  const server = await startMeasuredServer(
    {
      ...backlog.env,
      LASTFM_CALLS_PER_SECOND: '100000',
      LASTFM_CALL_BURST: '100000',
      LASTFM_DAILY_AUTOMATIC: '1000000',
    },
    ['--expose-gc', '--import', new URL('report-memory.mjs', import.meta.url).href],
  );
  const posts = [];
  for (let i = 0; i < USERS; i += 1) {
    posts.push((await signUp(server.origin, backlog, `memory${i}`)).post);
  }
  const load = { isOver: false, entered: 0 };
  const workers = Array.from({ length: PARALLEL }, (_, i) =>
    enter(
      posts.filter((_post, user) => user % PARALLEL === i),
      load,
    ),
  );
  const minutely = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    await pause(60_000);
    minutely.push(await memoryOf(server));
  }
  load.isOver = true;
  await Promise.all(workers);
  await server.stop();
  await backlog.sandbox.close();
  return { entered: load.entered, minutely, slopes: slopes(minutely) };
}

async function enter(posts, load) {
  while (!load.isOver) {
    for (const post of posts) {
      load.entered += 1;
      await post('/scrobbles', { artist: 'The Benchmarks', title: `Song ${load.entered}` });
    }
  }
}

function memoryOf(server) {
  const answer = new Promise((resolve) => {
    const hear = (chunk) => {
      const found = /^memory (.*)$/m.exec(String(chunk));
      if (found) {
        server.stdout.off('data', hear);
        const { rss, heapUsed } = JSON.parse(found[1]);
        resolve({ rss: Math.round(rss / MEGABYTE), heap: Math.round(heapUsed / MEGABYTE) });
      }
    };
    server.stdout.on('data', hear);
  });
  process.kill(server.pid, 'SIGUSR2');
  return answer;
}

/** Megabytes a minute by least squares, without the first two minutes: code is still compiled and caches fill. */
function slopes(minutely) {
  const settled = minutely.slice(2);
  const middle = (settled.length - 1) / 2;
  const spread = settled.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const of = (key) => settled.reduce((sum, each, i) => sum + (i - middle) * each[key], 0) / spread;
  return { rss: of('rss'), heap: of('heap') };
}
