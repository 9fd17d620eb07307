import { mkdirSync, writeFileSync } from 'node:fs';

import type { ChaosOptions, ChaosResult } from './chaos-run.js';

const SHOWN = 20;

/** What a seed came to, for whoever reads along; and what the servers said, in a file, when it went wrong. */
export function report({ seed, scrobbles, accounts, runs }: ChaosOptions, result: ChaosResult): string[] {
  const { verdict, faults, calls, lookUps, kills, failedStarts, brokenPosts, ownEnds, stuck, realSeconds } = result;
  const { lost, doubled, disordered, untrue, duplicates, accepted } = verdict;
  const problems = [...lost, ...doubled, ...disordered, ...untrue];
  problems.push(...ownEnds.map((end) => `A server ended by itself:\n${end}`));
  if (stuck > 0) {
    problems.push(`${stuck} deliveries or runs did not come to an end`);
  }
  const faultCount = [...faults].sort().map(([name, count]) => `    ${String(count).padStart(5)} ${name}`);
  const lines = [
    `seed ${seed}: ${scrobbles} scrobbles of ${accounts} accounts and ${runs} runs; ${accepted} accepted by Last.fm`,
    `  ${calls} calls of track.scrobble, ${lookUps} look-ups, ${brokenPosts} requests of listeners without an answer`,
    `  ${kills} kills (kill -9), 1 restart of PostgreSQL, ${failedStarts} starts without a database`,
    `  faults:`,
    ...faultCount,
    `  lost ${lost.length}, doubled ${doubled.length}, out of order ${disordered.length}, ledger untrue ${untrue.length}`,
    `  recorded twice and caught as a duplicate: ${duplicates}; ${realSeconds} s`,
    ...problems.slice(0, SHOWN).map((problem) => `  ! ${problem}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
  if (problems.length > 0) {
    mkdirSync('test-results', { recursive: true });
    const evidence = [...lines, ...problems, ...callsOf(problems, result), result.output];
    writeFileSync(`test-results/chaos-seed-${seed}.log`, evidence.join('\n'));
  }
  return problems;
}

/** What Last.fm saw of the accounts concerned, in order. */
function callsOf(problems: readonly string[], { callLog, met }: ChaosResult): string[] {
  const accounts = new Set(problems.map((problem) => problem.split(':')[0]));
  const calls = callLog.map(({ at, username, method, itemCount, outcome }) => ({
    at,
    username,
    line: `${method} with ${itemCount}: ${outcome}`,
  }));
  const faults = met.map(({ at, username, name }) => ({ at, username, line: `met ${name}` }));
  return [...calls, ...faults]
    .filter(({ username }) => username !== null && accounts.has(username))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, username, line }) => `${at.toISOString()} ${username ?? ''} ${line}`);
}
