export { LastfmSandbox } from './lastfm-sandbox.js';
