import type { BotKeyId, UserId } from '../ids.js';

/** What a personal token may be allowed to do. A login cookie may do all of it. */
export const TOKEN_SCOPES = ['read', 'write', 'ingest'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Who is calling, as the one guard (in `auth`) found out. */
export interface Principal {
  /** Null for a bot: it is nobody's browser and nobody's program. */
  readonly userId: UserId | null;
  /** Which bot key was shown; null for a user. */
  readonly botKeyId: BotKeyId | null;
  readonly scopes: readonly TokenScope[];
  /** True for a browser that signed in; false for a personal token or a bot key. */
  readonly isLogin: boolean;
  /** Whether that browser has shown its user's second factor. */
  readonly hasSecondFactor: boolean;
}
