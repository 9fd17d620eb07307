import type { GrantedAccess } from '../../../lastfm/index.js';
import type { VouchedIdentity } from '../../identities/identities.service.js';
import type { VouchedKind } from '../../identities/identity.entity.js';
import type { SignInTrip } from '../sign-in-trip.js';

export interface Vouched {
  identity: VouchedIdentity;
  /** Last.fm grants it in the same breath. */
  lastfmAccess: GrantedAccess | null;
}

/** Somebody who vouches for people. */
export interface SignInProvider {
  readonly kind: VouchedKind;
  /** What people call it. */
  readonly label: string;
  readonly isConfigured: boolean;
  /** Where the browser goes. @throws SignInUnavailableError */
  addressFor(trip: SignInTrip): Promise<string>;
  /** Who came back. @throws SignInCancelledError, SignInRefusedError, SignInUnavailableError */
  identify(trip: SignInTrip, answer: URLSearchParams): Promise<Vouched>;
}
