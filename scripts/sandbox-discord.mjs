// npm run sandbox:discord: an evening in a voice channel, to be watched without Discord. Stand-ins for Discord and Lavalink run
// here, the application beside them as ever, and three people come, link their accounts, listen and leave.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { buildWhatIsStale } from './build.mjs';
import { root } from './run-tool.mjs';

const TOKEN = 'sandbox-discord-bot-token';
const APPLICATION = { clientId: '100000000000000001', clientSecret: 'sandbox-discord-client-secret', redirectUris: [] };

buildWhatIsStale({ only: ['server'] });
const { DiscordSandbox } = await import('../dist/sandbox/discord/index.js');
const { LavalinkSandbox } = await import('../dist/sandbox/lavalink/index.js');
const discord = await DiscordSandbox.start({ ...APPLICATION, botToken: TOKEN });
const lavalink = await LavalinkSandbox.start({ password: 'sandbox' });
const dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-evening-'));
const { server, origin } = await startServer();
process.once('SIGINT', () => server.kill('SIGTERM'));

try {
  await evening();
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  await lavalink.close();
  await discord.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function evening() {
  const club = discord.addGuild('The Club');
  const [ada, bob, cleo] = ['ada', 'bob', 'cleo'].map((name) => discord.person(club, name));
  for (const person of [ada, bob]) {
    await link(person);
  }
  for (const person of [ada, bob, cleo]) {
    person.joinsVoice('Music');
    tell(`${person.name} joins the voice channel Music`);
  }
  await use(ada, 'play', { query: 'air femme' });
  await use(bob, 'play', { query: 'jingle' });
  await use(cleo, 'queue');
  await wait(10, 'the music plays');
  bob.leavesVoice();
  tell('bob leaves, too early');
  await wait(25, 'ada and cleo listen on');
  await use(ada, 'lastfm why');
  await use(bob, 'lastfm why');
  await use(ada, 'skip');
  await wait(12, 'the jingle plays: it is 20 seconds long, and counts after 10');
  await use(ada, 'lastfm why');
  await use(ada, 'lastfm history');
  await use(cleo, 'lastfm status');
  cleo.leavesVoice();
  tell('cleo leaves: ada is alone, and may end the music');
  await use(ada, 'stop');
  tell(
    discord.desk.refusals.length === 0 ? 'Discord had nothing to complain about.' : discord.desk.refusals.join('\n'),
  );
}

function tell(text) {
  process.stdout.write(`${new Date().toLocaleTimeString()}  ${text}\n`);
}

async function wait(seconds, what) {
  tell(`… ${seconds} seconds: ${what}`);
  await pause(seconds * 1000);
}

async function use(person, line, options = {}) {
  const values = Object.entries(options).map(([name, value]) => ` ${name}: ${value}`);
  const answer = await person.run(line, options);
  tell(`${person.name}: /${line}${values.join('')}`);
  tell(
    `  bot${answer.isEphemeral ? ` (only to ${person.name})` : ''}: ${answer.text.replaceAll('\n', '\n                 ')}`,
  );
}

/** What a browser does when somebody presses the link: allows the access at Last.fm, and says yes to both names. */
async function link(person) {
  const answer = await person.run('lastfm auth');
  tell(`${person.name}: /lastfm auth, and presses the button`);
  const body = new URLSearchParams({ decision: 'allow', username: person.name });
  const allowed = await fetch(answer.link('Link Last.fm'), { method: 'POST', body, redirect: 'manual' });
  const callback = new URL(allowed.headers.get('location'));
  const back = await fetch(`${origin}${callback.pathname}${callback.search}`, { redirect: 'manual' });
  const cookie = back.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  await fetch(`${origin}/api/lfm/auth/confirm`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ state: callback.searchParams.get('state') }),
  });
  tell(`  bot (only to ${person.name}): ${(await answer.says('Done')).text}`);
}

/** Resolves when it says where it is. */
function startServer() {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'src', 'main.js')], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.apiUrl,
      LAVALINK_NODES: lavalink.node,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error(`The application did not start.\n${output}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
      const running = /Open (\S+)/.exec(output);
      if (running) {
        resolve({ server: child, origin: running[1] });
      }
    });
  });
}
