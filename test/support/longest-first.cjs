const { default: TestSequencer } = require('@jest/test-sequencer');

/** Files that take minutes, the longest first. Jest knows that only after a first run, and a clean clone has had none. */
const LONG = ['bad-input', 'chaos', 'call-budget', 'start', 'embedded-postgres', 'crash', 'error-matrix', 'cli'];

/** Begins with the long files, so that no worker is left alone with one at the end. */
module.exports = class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONG.findIndex((name) => path.includes(`/test/${name}`) || path.includes(`\\test\\${name}`));
      return place === -1 ? LONG.length : place;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
