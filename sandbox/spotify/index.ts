export { SpotifySandbox } from './spotify-sandbox.js';
