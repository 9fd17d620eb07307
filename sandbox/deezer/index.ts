export { DeezerSandbox } from './deezer-sandbox.js';
