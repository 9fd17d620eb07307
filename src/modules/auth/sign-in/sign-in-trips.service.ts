import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import type { Principal } from '../../../common/http/principal.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { CrossSiteRequestError, LoginRequiredError, NotSignedInError } from '../auth.errors.js';
import type { VouchedKind } from '../identities/identity.entity.js';
import { SETTINGS_PAGE } from './pages.js';
import { SignInProviders } from './providers/sign-in-providers.service.js';
import { pageOfOurs } from './return-address.js';
import { SignInAttempts } from './sign-in-attempts.service.js';
import { SignInCancelledError, SignInForeignError, SignInRefusedError } from './sign-in.errors.js';
import type { TravellingRequest } from './travelling-request.js';
import { markBrowser, markOf } from './travelling-browser.js';

/** Sees browsers off to providers, and makes sure of those that come back. */
@Injectable()
export class SignInTrips {
  constructor(
    private readonly providers: SignInProviders,
    private readonly attempts: SignInAttempts,
    private readonly config: AppConfig,
  ) {}

  /** `?intent=link`: one more way in for whoever is signed in; `?next=`: the page of ours to end on. */
  async depart(kind: VouchedKind, request: TravellingRequest, reply: FastifyReply): Promise<void> {
    this.providers.require(kind);
    const query = new URL(request.url, this.config.publicUrl).searchParams;
    const isLink = query.get('intent') === 'link';
    const userId = isLink ? requireOwnPage(request) : null;
    const next = pageOfOurs(query.get('next'), this.config.publicUrl) ?? (isLink ? SETTINGS_PAGE : '/');
    const browser = markBrowser(request, reply, this.config);
    request.trip = { proof: await this.attempts.start(browser, { kind, userId, next }), isLink, answer: null };
  }

  /** @throws SignInForeignError also when the one who is signed in is no longer the one who started */
  async arrive(kind: VouchedKind, request: TravellingRequest): Promise<void> {
    this.providers.require(kind);
    const answer = new URL(request.url, this.config.publicUrl).searchParams;
    const browser = markOf(request, this.config);
    const { attempt, proof } = await this.attempts.claim(kind, answer.get('state') ?? '', browser);
    if (attempt.userId !== null && attempt.userId !== userOf(request.principal)) {
      throw new SignInForeignError();
    }
    const refusal = answer.get('error');
    if (refusal !== null) {
      throw refusal === 'access_denied' ? new SignInCancelledError() : new SignInRefusedError();
    }
    request.attempt = attempt;
    request.trip = { proof, isLink: attempt.userId !== null, answer };
  }
}

/**
 * Only our own pages may send someone to get one more way in: another site could do so in a browser that is signed in there
 * as somebody else, who would then get in here.
 */
function requireOwnPage({ headers, principal }: TravellingRequest): UserId {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new CrossSiteRequestError();
  }
  if (!principal) {
    throw new NotSignedInError();
  }
  const userId = userOf(principal);
  if (userId === null) {
    throw new LoginRequiredError();
  }
  return userId;
}

function userOf(principal: Principal | undefined): UserId | null {
  return principal?.isLogin === true ? principal.userId : null;
}
