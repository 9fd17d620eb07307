import { parseArgs } from 'node:util';

import { buildWhatIsStale } from './build.mjs';
import { runTool } from './run-tool.mjs';

/**
 * The chaos suite, full size: `--seed 7` or `--seeds 1-20`, `--scrobbles 5000`, `--accounts 100`, `--runs 3`, `--seconds`
 * of chaos and how many times `--faster` the servers live. Ends with an error when anything was lost, doubled or out of order.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    scrobbles: { type: 'string', default: '5000' },
    accounts: { type: 'string', default: '100' },
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '400' },
    faster: { type: 'string', default: '10' },
  },
});

const [first, last = first] = (values.seed ?? values.seeds).split('-').map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
buildWhatIsStale({ only: ['server'] });
const isGreen = runTool('jest/bin/jest.js', ['--selectProjects=chaos'], {
  nodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  env: {
    CHAOS_SEEDS: seeds.join(','),
    CHAOS_SCROBBLES: values.scrobbles,
    CHAOS_ACCOUNTS: values.accounts,
    CHAOS_RUNS: values.runs,
    CHAOS_SECONDS: values.seconds,
    CHAOS_TIMES_FASTER: values.faster,
  },
});
process.exit(isGreen ? 0 : 1);
