import { DomainError, type InputProblem } from '../common/errors/domain-error.js';

/** Something this process needs does not answer; `problems` says what. */
export class NotReadyError extends DomainError {
  readonly code = 'not_ready';
  readonly kind = 'unavailable';

  private constructor(override readonly problems: readonly InputProblem[]) {
    super('This server cannot do its work at the moment; see errors.');
  }

  /** @param report what the health check answered */
  static from(report: unknown): NotReadyError {
    const { error = {} } = report as { error?: Record<string, { message?: string }> };
    return new NotReadyError(
      Object.entries(error).map(([path, { message }]) => ({ path, message: message ?? 'does not answer' })),
    );
  }
}
