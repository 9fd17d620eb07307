export { DiscordSandbox } from './discord-sandbox.js';
