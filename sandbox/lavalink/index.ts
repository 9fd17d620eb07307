export { LavalinkSandbox } from './lavalink-sandbox.js';
