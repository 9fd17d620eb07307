/**
 * The system's code of an error (`ENOENT`, or PostgreSQL's `57P03`), or null for an error without one. It does not ask
 * for an instance of Error, because Node's own errors are none inside of a test runner's sandbox.
 */
export function errorCode(error: unknown): string | null {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  return isCoded ? (error.code as string) : null;
}
