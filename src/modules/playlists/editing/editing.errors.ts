import { DomainError, type InputProblem } from '../../../common/errors/domain-error.js';

export class TrackPositionError extends DomainError {
  readonly code = 'track_position_unknown';
  readonly kind = 'invalid';
  override readonly problems: readonly InputProblem[];

  /** @param path where the position stands in the request */
  constructor(position: number, trackCount: number, path: string) {
    super('The playlist has no such position, so nothing was changed. Load it again and repeat your change.');
    this.problems = [
      { path, message: `There is no position ${position} in a list of ${trackCount}; they count from 0.` },
    ];
  }
}
