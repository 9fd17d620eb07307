import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';

import { Clock } from '../../../common/clock.js';
import { hashOf, newOpaqueToken } from '../guard/opaque-token.js';
import type { VouchedKind } from '../identities/identity.entity.js';
import { SignInAttempt } from './sign-in-attempt.entity.js';
import { SignInExpiredError, SignInForeignError, SignInUnknownError } from './sign-in.errors.js';

/** As long as Last.fm's tokens would allow twice; a person may have to register there first. */
export const ATTEMPT_LIFETIME_MS = 30 * 60_000;

/** What one attempt says at the other side, so that nothing of another attempt or browser can be slipped in. */
export interface AttemptProof {
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
}

type WhatFor = Pick<SignInAttempt, 'kind' | 'userId' | 'next'>;

/** Browsers on their way to somebody who vouches for them, shared by all replicas. */
@Injectable()
export class SignInAttempts {
  constructor(
    @InjectRepository(SignInAttempt) private readonly attempts: Repository<SignInAttempt>,
    private readonly clock: Clock,
  ) {}

  /** @param browser the secret of the browser that sets out */
  async start(browser: string, whatFor: WhatFor): Promise<AttemptProof> {
    const { token: state, hash } = newOpaqueToken();
    await this.attempts.insert({
      stateHash: hash,
      browserHash: hashOf(browser),
      ...whatFor,
      expiresAt: new Date(this.clock.now().getTime() + ATTEMPT_LIFETIME_MS),
    });
    return proofOf(state, browser);
  }

  /**
   * Ends the attempt that comes back: of two returns at once one gets it. In another browser it is refused and stays, for
   * its own one to finish.
   * @throws SignInUnknownError, SignInForeignError, SignInExpiredError
   */
  async claim(
    kind: VouchedKind,
    state: string,
    browser: string,
  ): Promise<{ attempt: SignInAttempt; proof: AttemptProof }> {
    const attempt = await this.attempts.findOneBy({ stateHash: hashOf(state), kind });
    if (!attempt) {
      throw new SignInUnknownError();
    }
    if (attempt.browserHash !== hashOf(browser)) {
      throw new SignInForeignError();
    }
    const { affected } = await this.attempts.delete({ stateHash: attempt.stateHash });
    if (!affected) {
      throw new SignInUnknownError();
    }
    if (attempt.expiresAt <= this.clock.now()) {
      throw new SignInExpiredError();
    }
    return { attempt, proof: proofOf(state, browser) };
  }

  async purgeExpired(): Promise<void> {
    await this.attempts.delete({ expiresAt: LessThan(this.clock.now()) });
  }
}

/** Nonce and verifier follow from what only the browser holds: nothing by which a code could be redeemed is kept here. */
function proofOf(state: string, browser: string): AttemptProof {
  const derive = (purpose: string) => createHash('sha256').update(`${purpose}.${state}.${browser}`).digest('base64url');
  return { state, nonce: derive('nonce'), verifier: derive('verifier') };
}
