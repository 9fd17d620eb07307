import { randomBytes } from 'node:crypto';

import { LastfmSandbox } from '../../sandbox/lastfm/index.js';
import { GENEROUS_LIMITS } from '../support/generous-limits.js';
import { freePort } from '../support/server-process.js';
import { createAccount } from './account.js';
import { Automation } from './automation.js';
import type { ChaosPostgres } from './chaos-postgres.js';
import { ChaosTime } from './chaos-time.js';
import { FaultSchedule } from './fault-schedule.js';
import { Listener } from './listener.js';
import { Replica } from './replica.js';
import { SeededRandom } from './seeded-random.js';
import { type Expected, judge, type LedgerRow, type Verdict } from './verdict.js';

const API_KEY = 'a'.repeat(32);
const API_SECRET = 'b'.repeat(32);
/** Longer than the longest wait between two attempts (15 minutes), several times. */
const DRAIN_SECONDS = 90 * 60;

export interface ChaosOptions {
  seed: number;
  scrobbles: number;
  accounts: number;
  runs: number;
  /** For so many seconds, of the time in which the servers live, things go wrong. */
  seconds: number;
  speed: number;
}

export interface ChaosResult {
  verdict: Verdict;
  faults: ReadonlyMap<string, number>;
  calls: number;
  lookUps: number;
  kills: number;
  failedStarts: number;
  brokenPosts: number;
  /** Servers that ended although nobody killed them, with what they said last. */
  ownEnds: string[];
  /** Deliveries that had not come to an end when patience ran out. */
  stuck: number;
  realSeconds: number;
  met: FaultSchedule['met'];
  callLog: LastfmSandbox['calls'];
  /** What the servers said. */
  output: string;
}

/** One seed: two servers, one PostgreSQL, one Last.fm, many listeners, and everything that can go wrong. */
export class ChaosRun {
  readonly postgresRestarts = 1;
  private readonly time: ChaosTime;
  private readonly database: string;
  private readonly faults: FaultSchedule;
  private readonly listeners: Listener[] = [];
  private readonly automations: Automation[] = [];
  private replicas: Replica[] = [];

  private constructor(
    private readonly options: ChaosOptions,
    private readonly postgres: ChaosPostgres,
    private readonly sandbox: LastfmSandbox,
    time: ChaosTime,
  ) {
    this.time = time;
    this.database = `chaos_${options.seed}_${randomBytes(3).toString('hex')}`;
    this.faults = new FaultSchedule(this.random, time);
  }

  static async execute(options: ChaosOptions, postgres: ChaosPostgres): Promise<ChaosResult> {
    const time = new ChaosTime(options.speed);
    const sandbox = await LastfmSandbox.start({ apiKey: API_KEY, apiSecret: API_SECRET, now: () => time.now() });
    sandbox.suppressDuplicates = false;
    const run = new ChaosRun(options, postgres, sandbox, time);
    try {
      return await run.goThrough();
    } finally {
      await Promise.all(run.replicas.map((replica) => replica.stop()));
      await sandbox.close();
      await postgres.dropDatabase(run.database);
    }
  }

  private async goThrough(): Promise<ChaosResult> {
    const startedAt = performance.now();
    await this.prepare();
    await this.beInChaos();
    const stuck = await this.drain();
    const { calls } = this.sandbox;
    const sum = (of: (replica: Replica) => number): number => this.replicas.reduce((all, one) => all + of(one), 0);
    return {
      verdict: judge(this.sandbox, this.expected(), await this.ledger()),
      faults: this.faults.counts,
      calls: calls.filter(({ method }) => method === 'track.scrobble').length,
      lookUps: calls.filter(({ method }) => method === 'user.getrecenttracks').length,
      kills: sum(({ kills }) => kills),
      failedStarts: sum(({ failedStarts }) => failedStarts),
      brokenPosts: this.listeners.reduce((all, { brokenPosts }) => all + brokenPosts, 0),
      ownEnds: this.replicas.flatMap(({ ownEnds }) => ownEnds),
      stuck,
      realSeconds: Math.round((performance.now() - startedAt) / 1000),
      met: this.faults.met,
      callLog: calls,
      output: this.replicas.map(({ output }) => output).join('\n'),
    };
  }

  /** In peace: the servers, and the listeners with their linked accounts. */
  private async prepare(): Promise<void> {
    const { postgres, database, sandbox, time } = this;
    const encryptionKey = { id: 'chaos', key: randomBytes(32) };
    const env = {
      NODE_ENV: 'test',
      ...GENEROUS_LIMITS,
      DATABASE_URL: await postgres.createDatabase(database),
      ENCRYPTION_KEYS: `${encryptionKey.id}:${encryptionKey.key.toString('base64')}`,
      LASTFM_API_KEY: API_KEY,
      LASTFM_API_SECRET: API_SECRET,
      LASTFM_API_URL: sandbox.apiUrl,
      LASTFM_AUTH_URL: sandbox.authUrl,
      ...time.environment(),
    };
    this.replicas = [new Replica('one', await freePort(), env), new Replica('two', await freePort(), env)];
    await Promise.all(this.replicas.map((replica) => replica.start()));
    const { accounts, runs, scrobbles } = this.options;
    const home = { postgres, database, encryptionKey, sandbox };
    for (let index = 0; index < accounts; index += 1) {
      const count = Math.floor(scrobbles / accounts) + (index < scrobbles % accounts ? 1 : 0);
      const account = await createAccount(home, `listener${index}`);
      this.listeners.push(new Listener(account, this.random(account.lastfmUsername), time, count));
    }
    for (let index = 0; index < runs; index += 1) {
      const { origin } = this.replicas[index % this.replicas.length]!;
      this.automations.push(await Automation.start(await createAccount(home, `automatic${index}`), origin));
    }
  }

  private async beInChaos(): Promise<void> {
    const over = new AbortController();
    this.sandbox.faults.decideBy((target) => this.faults.choose(target));
    const trouble = [...this.replicas.map((replica) => this.keepKilling(replica, over.signal)), this.restartPostgres()];
    await Promise.all(this.listeners.map((listener) => listener.scrobble(this.replicas, this.options.seconds)));
    over.abort();
    await Promise.all(trouble);
    this.sandbox.faults.clear();
  }

  private async keepKilling(replica: Replica, over: AbortSignal): Promise<void> {
    const random = this.random(`kills of ${replica.name}`);
    for (;;) {
      await this.time.sleep(random.int(40, 160), over);
      if (over.aborted) {
        return;
      }
      await replica.kill();
      await this.time.sleep(random.int(0, 20));
      await replica.start();
    }
  }

  private async restartPostgres(): Promise<void> {
    const random = this.random('postgres');
    await this.time.sleep((this.options.seconds * random.int(30, 70)) / 100);
    await this.postgres.crash();
    await this.time.sleep(random.int(0, 20));
    await this.postgres.launch();
  }

  /** @returns how many deliveries had not come to an end when patience ran out */
  private async drain(): Promise<number> {
    const until = this.time.now().getTime() + DRAIN_SECONDS * 1000;
    for (;;) {
      const [left] = await this.postgres.query<{ count: number }>(
        this.database,
        `select (select count(*) from delivery where state in ('queued', 'held', 'sending'))::int
              + (select count(*) from scrobble_run where state = 'running')::int as count`,
      );
      if (left?.count === 0 || this.time.now().getTime() > until) {
        return left?.count ?? 0;
      }
      await this.time.sleep(5);
    }
  }

  private ledger(): Promise<LedgerRow[]> {
    return this.postgres.query<LedgerRow & Record<string, unknown>>(
      this.database,
      `select s.user_id as "userId", s.title, extract(epoch from s.played_at)::float as timestamp, d.state, d.reason
         from scrobble s left join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id`,
    );
  }

  private expected(): Expected[] {
    return [
      ...this.listeners.map(({ account, plan }) => ({ account, scrobbles: plan })),
      ...this.automations.map(({ account, titles }) => ({ account, scrobbles: titles.map((title) => ({ title })) })),
    ];
  }

  private readonly random = (purpose: string): SeededRandom => new SeededRandom(this.options.seed, purpose);
}
