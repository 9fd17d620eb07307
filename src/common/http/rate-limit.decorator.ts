import { SetMetadata } from '@nestjs/common';

/**
 * How often a route may be called:
 * - `usual`: as often as the limits of an address, a user and a bot key allow together
 * - `strict`: also within the narrow limit of an address for whatever lets someone in
 * - `none`: always, because a machine has to be able to ask
 */
export type RateLimitKind = 'usual' | 'strict' | 'none';

export const RATE_LIMIT_KIND = 'rate-limit-kind';

/** For a route that is limited otherwise than its address says: strict under `/auth` and `/lfm/auth`, usual elsewhere. */
export const RateLimit = (kind: RateLimitKind) => SetMetadata(RATE_LIMIT_KIND, kind);
