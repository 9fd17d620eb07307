import type { UserId } from '../ids.js';

/** What a personal token may be allowed to do. A login cookie may do all of it. */
export const TOKEN_SCOPES = ['read', 'write', 'ingest'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Who is calling, as the one guard (in `auth`) found out. */
export interface Principal {
  readonly userId: UserId;
  readonly scopes: readonly TokenScope[];
  /** True for a browser that signed in; false for a personal token. */
  readonly isLogin: boolean;
  /** Whether that browser has shown its user's second factor. */
  readonly hasSecondFactor: boolean;
}
