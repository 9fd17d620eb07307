export { ScrobblingModule } from './scrobbling.module.js';
