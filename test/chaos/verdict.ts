import type { LastfmSandbox } from '../../sandbox/lastfm/index.js';
import type { ChaosAccount } from './account.js';

/** What one account should have at Last.fm, in order of play. */
export interface Expected {
  account: ChaosAccount;
  scrobbles: ReadonlyArray<{ title: string; /** Unix seconds, where it is known beforehand. */ timestamp?: number }>;
}

/** A row of the ledger with its delivery. */
export interface LedgerRow {
  userId: string;
  title: string;
  timestamp: number;
  state: string;
  reason: string | null;
}

/** Everything that is not as it must be, a sentence each. */
export interface Verdict {
  accepted: number;
  lost: string[];
  doubled: string[];
  disordered: string[];
  /** Where the ledger says something else than what Last.fm has. */
  untrue: string[];
  /** Second sightings of one play: the client sent it again because the answer to its first request was lost. */
  duplicates: number;
}

/** Compares Last.fm, the ledger and what was to be. */
export function judge(sandbox: LastfmSandbox, expected: readonly Expected[], ledger: readonly LedgerRow[]): Verdict {
  const verdict: Verdict = { accepted: 0, lost: [], doubled: [], disordered: [], untrue: [], duplicates: 0 };
  for (const { account, scrobbles } of expected) {
    const arrived = sandbox
      .scrobblesOf(account.lastfmUsername)
      .map(({ track, timestamp }) => ({ title: track, timestamp }));
    verdict.accepted += arrived.length;
    judgeArrivals(verdict, account.lastfmUsername, scrobbles, arrived);
    judgeLedger(
      verdict,
      account.lastfmUsername,
      arrived,
      ledger.filter(({ userId }) => userId === account.userId),
    );
  }
  return verdict;
}

type Arrival = Pick<LedgerRow, 'title' | 'timestamp'>;

const keyOf = ({ title, timestamp }: Arrival): string => `${title} of ${timestamp}`;

function judgeArrivals(
  verdict: Verdict,
  lastfmUsername: string,
  scrobbles: Expected['scrobbles'],
  arrived: readonly Arrival[],
): void {
  for (const { title, timestamp } of scrobbles) {
    const found = arrived.filter((one) => one.title === title && one.timestamp === (timestamp ?? one.timestamp));
    if (found.length !== 1) {
      const times = found.length === 0 ? verdict.lost : verdict.doubled;
      times.push(`${lastfmUsername}: ${title} arrived ${found.length} times`);
    }
  }
  if (arrived.length > scrobbles.length && verdict.doubled.length === 0) {
    verdict.untrue.push(`${lastfmUsername}: ${arrived.length} arrived, ${scrobbles.length} were to`);
  }
  arrived.forEach(({ title, timestamp }, index) => {
    if (timestamp < (arrived[index - 1]?.timestamp ?? 0)) {
      verdict.disordered.push(`${lastfmUsername}: ${title} arrived after a later play`);
    }
  });
}

function judgeLedger(
  verdict: Verdict,
  lastfmUsername: string,
  arrived: readonly Arrival[],
  rows: readonly LedgerRow[],
): void {
  const accepted = rows.filter(({ state }) => state === 'accepted').map(keyOf);
  const atLastfm = arrived.map(keyOf);
  verdict.duplicates += rows.filter(({ state }) => state === 'duplicate').length;
  for (const row of rows.filter(({ state }) => state !== 'accepted' && state !== 'duplicate')) {
    verdict.untrue.push(`${lastfmUsername}: ${keyOf(row)} ended as ${row.state} (${row.reason ?? 'no reason'})`);
  }
  for (const key of accepted.filter((one) => !atLastfm.includes(one))) {
    verdict.untrue.push(`${lastfmUsername}: ${key} is accepted in the ledger, but Last.fm does not have it`);
  }
  for (const key of atLastfm.filter((one) => accepted.filter((other) => other === one).length !== 1)) {
    verdict.untrue.push(`${lastfmUsername}: Last.fm has ${key}; the ledger does not have it once as accepted`);
  }
}
