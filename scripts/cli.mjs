import { buildWhatIsStale } from './build.mjs';

buildWhatIsStale({ only: ['server'] });
await import('../dist/src/cli/main.js');
