/** A start that cannot succeed as things are; the message is for a person and says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}
