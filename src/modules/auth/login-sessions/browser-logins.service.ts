import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EntityManager } from 'typeorm';

import { AuditTrail } from '../../../common/audit/audit-trail.js';
import type { UserId } from '../../../common/ids.js';
import { AppConfig } from '../../../config/app-config.js';
import { FreshLoginRequiredError } from '../auth.errors.js';
import { signalsOf } from './browser-signals.js';
import { LoginChallengeOverError } from '../second-factor/second-factor.errors.js';
import { clearLoginCookie, readLoginCookie, setLoginCookie } from './login-cookie.js';
import { LoginSessionsService, type UsedLogin } from './login-sessions.service.js';
import { type BegunSignIn, type SignInProof, SignIns } from './sign-ins.service.js';

/** Signs browsers in and out: the cookie and the login session behind it. */
@Injectable()
export class BrowserLogins {
  constructor(
    private readonly signIns: SignIns,
    private readonly loginSessions: LoginSessionsService,
    private readonly audit: AuditTrail,
    private readonly manager: EntityManager,
    private readonly config: AppConfig,
  ) {}

  /**
   * Every way in ends here. The login this browser had before, as whoever, is over.
   * @throws WrongCredentialsError when the password was changed meanwhile
   * @returns whether that is all, or a code is wanted first: then `finishSignIn` is the second step
   */
  async signIn(
    userId: UserId,
    request: FastifyRequest,
    reply: FastifyReply,
    proof: SignInProof,
  ): Promise<BegunSignIn['kind']> {
    const former = readLoginCookie(request, this.config);
    if (former !== undefined) {
      await this.loginSessions.end(former);
    }
    const begun = await this.signIns.begin(userId, signalsOf(request.headers), proof);
    if (begun.kind === 'signed-in') {
      setLoginCookie(reply, begun, this.config);
    } else {
      clearLoginCookie(reply, this.config);
      setLoginCookie(reply, begun, this.config, 'challenge');
    }
    return begun.kind;
  }

  /** Before something that a browser left open must not be enough for. @throws FreshLoginRequiredError */
  async requireFresh(request: FastifyRequest): Promise<void> {
    if (!(await this.loginSessions.isFresh(this.tokenOf(request)))) {
      throw new FreshLoginRequiredError();
    }
  }

  /**
   * The second step of a sign-in, with a code of the second factor.
   * @throws LoginChallengeOverError, WrongCodeError, SecondFactorBlockedError
   */
  async finishSignIn(code: string, request: FastifyRequest, reply: FastifyReply): Promise<UserId> {
    const challenge = readLoginCookie(request, this.config, 'challenge');
    if (challenge === undefined) {
      throw new LoginChallengeOverError();
    }
    const login = await this.signIns.finish(challenge, code, signalsOf(request.headers));
    clearLoginCookie(reply, this.config, 'challenge');
    setLoginCookie(reply, login, this.config);
    return login.userId;
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = readLoginCookie(request, this.config);
    const userId = token === undefined ? null : await this.loginSessions.end(token);
    if (userId !== null) {
      await this.audit.record(this.manager, { action: 'logout', userId });
    }
    clearLoginCookie(reply, this.config);
  }

  /** Whose login this browser has, if any; its use is noted. */
  async recognise(request: FastifyRequest, reply: FastifyReply): Promise<UsedLogin | null> {
    const token = readLoginCookie(request, this.config);
    if (token === undefined) {
      return null;
    }
    const login = await this.loginSessions.use(token, signalsOf(request.headers));
    if (login?.kind === 'good' && login.prolongedUntil) {
      setLoginCookie(reply, { token, expiresAt: login.prolongedUntil }, this.config);
    }
    return login;
  }

  /** The token of the login this request is made with. */
  tokenOf(request: FastifyRequest): string {
    return readLoginCookie(request, this.config) ?? '';
  }
}
