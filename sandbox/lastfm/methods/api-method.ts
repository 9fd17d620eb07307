import type { Child } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import type { LastfmState } from '../state/lastfm-state.js';
import type { SandboxUser } from '../state/sandbox-user.js';

/** A verdict that a test imposes on the item with that index, or on every item. */
export interface ImposedVerdict {
  readonly code: number;
  readonly index?: number;
}

/** What a method gets to see of a call that has passed all checks of key, signature and session key. */
export interface MethodCall {
  readonly state: LastfmState;
  readonly origin: string;
  readonly at: Date;
  readonly params: FlatParameters;
  /** Whoever's valid session key signed the call. */
  readonly caller: SandboxUser | null;
  readonly imposed: ImposedVerdict | null;
  /** Scrobbles that arrived within so many seconds do not show yet. */
  readonly lagSeconds: number;
}

export interface CallOfUser extends MethodCall {
  readonly caller: SandboxUser;
}

/** `key`: the API key alone; `signature`: signed by the application; `session`: signed for a user with a session key. */
export type ApiMethod =
  | { readonly access: 'key' | 'signature'; readonly postOnly: boolean; readonly answer: (call: MethodCall) => Child[] }
  | { readonly access: 'session'; readonly postOnly: true; readonly answer: (call: CallOfUser) => Child[] };

export function read(answer: (call: MethodCall) => Child[]): ApiMethod {
  return { access: 'key', postOnly: false, answer };
}

export function write(answer: (call: CallOfUser) => Child[]): ApiMethod {
  return { access: 'session', postOnly: true, answer };
}
