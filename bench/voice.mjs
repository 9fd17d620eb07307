import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Backlog } from './backlog.mjs';
import { withClient } from './databases.mjs';
import { startMeasuredServer } from './measured-server.mjs';
import { percentile } from './percentile.mjs';

const SERVERS = 500;
const LISTENERS = 20;
const LOOP_DELAY = fileURLToPath(new URL('report-loop-delay.mjs', import.meta.url));
const KEY = randomBytes(24).toString('hex');
const AT_ONCE = 50;
/** Half of it is the threshold. */
const DURATION_SECONDS = 58;
const THRESHOLD_MS = (DURATION_SECONDS / 2) * 1000;
const ANNOUNCED_MS = 30_000;
const FIRST_GUILD = 600_000_000_000_000_000n;
const FIRST_PERSON = 800_000_000_000_000_000n;

/**
 * 500 servers start a track in the same second, with 20 linked listeners each, told over HTTP by one bot; Last.fm takes 5
 * calls a second. From the threshold of all of them until the last decision and its scrobble are committed.
 */
export async function hearTogether(serverUrl) {
  const backlog = await Backlog.create(serverUrl);
  await withClient(backlog.url, (client) => linkEveryone(client, backlog));
  const server = await startMeasuredServer({ ...backlog.env, BOT_API_KEY: KEY, RATE_LIMIT_BOT: '1000000' }, [
    '--import',
    LOOP_DELAY,
  ]);
  const call = (path, body) => post(`${server.origin}/api${path}`, body);
  const loopDelay = async () => {
    const said = new Promise((resolve) => server.stdout.on('data', (chunk) => heardIn(chunk, resolve)));
    process.kill(server.pid, 'SIGUSR2');
    return said;
  };
  await loopDelay();

  const startedAt = new Date();
  const ids = await inParallel(SERVERS, (guild) => call('/voice/playbacks', startOf(guild, startedAt)));
  const toldSeconds = (Date.now() - startedAt.getTime()) / 1000;
  const whileStarting = await loopDelay();
  await pause(startedAt.getTime() + THRESHOLD_MS + 100 - Date.now());
  await call('/voice/playbacks/alive', { playbackIds: ids.map(({ id }) => id) });
  const provenAt = Date.now();
  const decided = await untilDecided(backlog.url);
  const whileDeciding = await loopDelay();
  await pause(startedAt.getTime() + ANNOUNCED_MS + 5_000 - Date.now());
  const announced = backlog.sandbox.calls.filter(({ method }) => method.toLowerCase() === 'track.updatenowplaying');
  const lateness = announced.map(({ at }) => (at.getTime() - startedAt.getTime()) / 1000).sort((a, b) => a - b);
  const { cpuSeconds, peakMegabytes } = server.usage();
  await server.stop();
  await backlog.sandbox.close();
  return {
    toldSeconds,
    decidedSeconds: (decided.at.getTime() - provenAt) / 1000,
    scrobbles: decided.scrobbles,
    announced: announced.length,
    lastAnnouncedSeconds: percentile(lateness, 1),
    ...{ cpuSeconds, peakMegabytes, whileStarting, whileDeciding },
  };
}

/** As many accounts as there are listeners; the session keys are real, since each is announced with its own. */
async function linkEveryone(client, backlog) {
  for (let person = 0; person < SERVERS * LISTENERS; person += 1) {
    await backlog.link(client, `voice${person}`);
  }
  await client.query(
    `insert into identity (id, user_id, kind, subject, name, created_at)
     select gen_random_uuid(), user_id, 'discord', ($1::numeric + substr(username, 6)::int)::text, username, now()
       from lastfm_account`,
    [String(FIRST_PERSON)],
  );
  await client.query(`update lastfm_account set same_since = now() - interval '1 day'`);
  await client.query('analyze');
}

function startOf(guild, startedAt) {
  const listeners = Array.from({ length: LISTENERS }, (_, index) => ({
    discordUserId: String(FIRST_PERSON + BigInt(guild * LISTENERS + index)),
  }));
  const guildId = String(FIRST_GUILD + BigInt(guild));
  const track = { artist: 'The Benchmarks', title: `Song of ${guild}`, durationSeconds: DURATION_SECONDS };
  return {
    eventId: randomUUID(),
    guildId,
    channelId: guildId,
    ...track,
    startedAt: startedAt.toISOString(),
    listeners,
  };
}

async function untilDecided(url) {
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `select count(*) filter (where decided_at is not null and scrobble_id is not null)::int as scrobbles from voice_decision`,
      );
      if (rows[0].scrobbles === SERVERS * LISTENERS) {
        // The commit, not the clock of the transaction.
        return { scrobbles: rows[0].scrobbles, at: new Date() };
      }
      await pause(50);
    }
  });
}

async function inParallel(count, work) {
  const results = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-bot-key': KEY },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

function heardIn(chunk, resolve) {
  const [, json] = /^loop (.+)$/m.exec(String(chunk)) ?? [];
  if (json) {
    resolve(JSON.parse(json));
  }
}
