/**
 * The last line for scripts: `N passed, N failed`. Jest prints its own summary after the custom reporters, hence on
 * exit. A suite that did not load has no failed tests, so it is counted as one.
 */
module.exports = class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.once('exit', () => process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${skipped}\n`));
  }
};
