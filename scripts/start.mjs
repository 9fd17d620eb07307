import { buildWhatIsStale } from './build.mjs';

buildWhatIsStale();
await import('../dist/src/main.js');
