import { TestClient, type TestResponse } from '../support/test-client.js';
import type { ChaosAccount } from './account.js';
import type { ChaosTime } from './chaos-time.js';
import type { Replica } from './replica.js';
import type { SeededRandom } from './seeded-random.js';

/** One play that has to arrive at Last.fm exactly once. Its title is the only one of its kind in the account. */
export interface PlannedScrobble {
  artist: string;
  title: string;
  /** Unix seconds. */
  timestamp: number;
}

const MOST_AT_ONCE = 8;
/** Last.fm corrects some of these, so that a look-up has to find them by their second. */
const ARTISTS = ['The Examples', 'Guns N Roses', 'Bjork', 'Low'];
/** Between two plays: a listening afternoon, or two weeks that take many pages to look up. */
const STEPS_SECONDS = [35, 200, 3_600, 20_000];

/** Someone with a linked account who records scrobbles in several goes, whatever happens meanwhile. */
export class Listener {
  readonly plan: PlannedScrobble[];
  /** Answers that never came, after which the listener had to look whether the plays are recorded. */
  brokenPosts = 0;

  constructor(
    readonly account: ChaosAccount,
    private readonly random: SeededRandom,
    private readonly time: ChaosTime,
    count: number,
  ) {
    this.plan = plan(random, count, Math.floor(time.now().getTime() / 1000));
  }

  /** Spreads them over so many seconds. Each go is recorded before the next one, as one client does it. */
  async scrobble(replicas: readonly Replica[], seconds: number): Promise<void> {
    let [from, at] = [0, 0];
    const goes: Array<{ at: number; plays: PlannedScrobble[] }> = [];
    while (from < this.plan.length) {
      const plays = this.plan.slice(from, from + this.random.int(1, MOST_AT_ONCE));
      goes.push({ at: this.random.int(0, seconds), plays });
      from += plays.length;
    }
    const moments = goes.map((go) => go.at).sort((a, b) => a - b);
    const startedAt = this.time.now().getTime();
    for (const { plays } of goes) {
      const dueAt = startedAt + (moments[at++] ?? 0) * 1000;
      await this.time.sleep(Math.max(0, dueAt - this.time.now().getTime()) / 1000);
      await this.record(plays, replicas);
    }
  }

  /** Nobody can know whether a request was heard when its answer does not come: then the history decides. */
  private async record(plays: readonly PlannedScrobble[], replicas: readonly Replica[]): Promise<void> {
    const body = plays.map(({ timestamp, ...track }) => ({
      ...track,
      playedAt: new Date(timestamp * 1000).toISOString(),
    }));
    for (;;) {
      const answer = await this.ask(replicas, (client) => client.post('/scrobbles', body));
      if (answer?.status === 201) {
        return;
      }
      this.brokenPosts += 1;
      if (await this.isRecorded(plays, replicas)) {
        return;
      }
    }
  }

  private async isRecorded(plays: readonly PlannedScrobble[], replicas: readonly Replica[]): Promise<boolean> {
    for (;;) {
      await this.time.sleep(10);
      const answer = await this.ask(replicas, (client) => client.get('/scrobbles?limit=1000'));
      if (answer?.status === 200) {
        const titles = new Set(answer.body.items.map(({ title }: { title: string }) => title));
        return plays.every(({ title }) => titles.has(title));
      }
    }
  }

  /** @returns null when the server is away or has trouble of its own */
  private async ask(
    replicas: readonly Replica[],
    request: (client: TestClient) => Promise<TestResponse>,
  ): Promise<TestResponse | null> {
    const { origin } = this.random.pick(replicas);
    const client = new TestClient(origin, { authorization: `Bearer ${this.account.token}` });
    const answer = await request(client).catch(() => null);
    if (answer && answer.status >= 400 && answer.status < 500) {
      throw new Error(`The application refused what it must take: ${answer.status} ${answer.text}`);
    }
    return answer && answer.status < 500 ? answer : null;
  }
}

/** Oldest play first, all of them in the past. Now and then two begin in the same second. */
function plan(random: SeededRandom, count: number, now: number): PlannedScrobble[] {
  const step = random.pick(STEPS_SECONDS);
  let timestamp = now - 60 - step * count;
  return Array.from({ length: count }, (_, index) => {
    timestamp += index > 0 && random.percent(5) ? 0 : step;
    return { artist: random.pick(ARTISTS), title: `Song ${index}`, timestamp };
  });
}
