import { report } from './chaos-report.js';
import { ChaosPostgres } from './chaos-postgres.js';
import { ChaosRun } from './chaos-run.js';

/** Set by `scripts/chaos.mjs`; what is not set is the scaled-down seed that every run of all tests includes. */
const setting = (name: string, otherwise: number): number => Number(process.env[`CHAOS_${name}`] ?? otherwise);
const seeds = (process.env['CHAOS_SEEDS'] ?? '1').split(',').map(Number);
const LONGEST_MS = 15 * 60_000;

/** @see docs/adr/0005-uncertain-outcomes.md */
describe('delivery in the midst of chaos', () => {
  let postgres: ChaosPostgres;

  beforeAll(async () => {
    postgres = await ChaosPostgres.start();
  }, 120_000);

  afterAll(async () => {
    await postgres.stop();
  });

  it.each(seeds)(
    'brings every scrobble to Last.fm exactly once and in order (seed %d)',
    async (seed) => {
      const options = {
        seed,
        scrobbles: setting('SCROBBLES', 500),
        accounts: setting('ACCOUNTS', 20),
        runs: setting('RUNS', 2),
        seconds: setting('SECONDS', 150),
        speed: setting('TIMES_FASTER', 15),
      };
      const result = await ChaosRun.execute(options, postgres);
      expect(report(options, result)).toEqual([]);
    },
    LONGEST_MS,
  );
});
