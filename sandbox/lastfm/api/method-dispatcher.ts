import type { MethodCall } from '../methods/api-method.js';
import { findMethod } from '../methods/method-catalogue.js';
import { ApiError } from '../protocol/api-error.js';
import type { Child } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import { isSignedWith } from '../protocol/signature.js';
import type { SandboxUser } from '../state/sandbox-user.js';

export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** A call that has not been checked yet. */
export type UncheckedCall = Omit<MethodCall, 'caller'> & { readonly isPost: boolean };

/** Lets a call through to its method when everything about it is right, in the order in which Last.fm complains. */
export class MethodDispatcher {
  constructor(private readonly credentials: Credentials) {}

  /** Throws an ApiError, and has changed nothing then. */
  dispatch(call: UncheckedCall): Child[] {
    const method = findMethod(call.params.require('method').toLowerCase());
    if (!method) {
      throw new ApiError(3);
    }
    this.checkApiKey(call);
    if (method.postOnly && !call.isPost) {
      throw new ApiError(4, 'Authentication Failed - You must use POST for this method');
    }
    this.checkSignature(call.params, method.access !== 'key');
    const caller = this.callerOf(call);
    if (method.access !== 'session') {
      return method.answer({ ...call, caller });
    }
    if (!caller) {
      throw new ApiError(9);
    }
    return method.answer({ ...call, caller });
  }

  private checkApiKey({ state, params }: UncheckedCall): void {
    if (params.find('api_key') !== this.credentials.apiKey) {
      throw new ApiError(10);
    }
    if (state.isApiKeySuspended) {
      throw new ApiError(26);
    }
  }

  /** A session key or a signature that is sent with a plain read must be right as well. */
  private checkSignature(params: FlatParameters, isRequired: boolean): void {
    const claims = params.find('sk') !== null || params.find('api_sig') !== null;
    if ((isRequired || claims) && !isSignedWith(params, this.credentials.apiSecret)) {
      throw new ApiError(13);
    }
  }

  private callerOf({ state, params }: UncheckedCall): SandboxUser | null {
    const key = params.find('sk');
    if (key === null) {
      return null;
    }
    const known = state.findSessionKey(key);
    if (!known || known.isRevoked) {
      throw new ApiError(9);
    }
    return state.findUser(known.username);
  }
}
