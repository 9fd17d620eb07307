import type { RequestWithPrincipal } from '../../../common/http/current-user.decorator.js';
import type { Vouched } from './providers/sign-in-provider.js';
import type { SignInAttempt } from './sign-in-attempt.entity.js';
import type { SignInTrip } from './sign-in-trip.js';

export type TravellingRequest = RequestWithPrincipal & {
  trip?: SignInTrip;
  /** The attempt that this return has ended. */
  attempt?: SignInAttempt;
  /** Put there by Passport. */
  user?: Vouched;
};
