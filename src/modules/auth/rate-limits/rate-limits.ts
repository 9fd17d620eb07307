import type { ThrottlerModuleOptions } from '@nestjs/throttler';

import type { AppConfig } from '../../../config/app-config.js';
import type { SharedWindows } from './shared-windows.js';

const WINDOW_MS = 60_000;

/** Whatever lets someone in, and so is worth guessing at. A route says otherwise with `@RateLimit`. */
export const STRICT_ADDRESSES = /^\/api\/(lfm\/)?auth(\/|$)/;

export type LimitName = keyof AppConfig['rateLimits'];

/** Every limit, for @nestjs/throttler. */
export function rateLimits({ rateLimits: limits }: AppConfig, storage: SharedWindows): ThrottlerModuleOptions {
  return {
    storage,
    throttlers: Object.entries(limits).map(([name, limit]) => ({ name, limit, ttl: WINDOW_MS })),
  };
}
