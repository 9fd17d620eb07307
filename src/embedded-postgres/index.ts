export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { startEmbeddedPostgres } from './start-embedded-postgres.js';
