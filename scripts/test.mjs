import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { buildWhatIsStale } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { root, runTool } from './run-tool.mjs';

/**
 * Every test there is: rules, the application over HTTP, and the browser journeys. Ends with `N passed, N failed`.
 * `--only=jest` or `--only=browser` runs one part.
 */
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const results = path.join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
buildWhatIsStale();

const counts = [];
if (only !== 'browser') {
  counts.push(runJest());
}
if (only !== 'jest') {
  counts.push(runBrowserJourneys());
}
const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);

function runJest() {
  const output = path.join(results, 'jest.json');
  const isGreen = runTool('jest/bin/jest.js', ['--json', `--outputFile=${output}`, '--testLocationInResults'], {
    nodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  });
  return counted('jest', isGreen, () => {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = readJson(output);
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  });
}

function runBrowserJourneys() {
  const chromium = findChromium();
  if (!chromium) {
    process.stderr.write('There is no Chromium. Install one, or set CHROMIUM_PATH to it.\n');
    return { passed: 0, failed: 1 };
  }
  const output = path.join(results, 'browser.json');
  const isGreen = runTool('@playwright/test/cli.js', ['test', '--config', 'web/playwright.config.ts'], {
    env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: output },
  });
  return counted('The browser journeys', isGreen, () => {
    const { stats } = readJson(output);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  });
}

/** A run that ends badly without a failed test, or without a result, still failed. */
function counted(name, isGreen, read) {
  try {
    const { passed, failed } = read();
    return { passed, failed: isGreen ? failed : Math.max(1, failed) };
  } catch (error) {
    process.stderr.write(`${name} left no result: ${error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
