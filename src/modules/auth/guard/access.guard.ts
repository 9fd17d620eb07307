import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ACCESS_RULE, type AccessRule } from '../../../common/http/access.decorator.js';
import type { RequestWithPrincipal } from '../../../common/http/current-user.decorator.js';
import { type Principal, TOKEN_SCOPES } from '../../../common/http/principal.js';
import { AppConfig } from '../../../config/app-config.js';
import {
  CrossSiteRequestError,
  InvalidTokenError,
  LoginEndedError,
  LoginRequiredError,
  MissingScopeError,
  NotSignedInError,
  RoleRequiredError,
} from '../auth.errors.js';
import { BrowserLogins } from '../login-sessions/browser-logins.service.js';
import { SecondFactorRequiredError } from '../second-factor/second-factor.errors.js';
import { ApiTokensService } from '../tokens/api-tokens.service.js';
import type { UserRole } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const BEARER = /^Bearer\s+(\S+)$/i;
/** Whose roles let someone past a rule that names one. */
const ROLES_FOR: Record<RoleRule, readonly UserRole[]> = { moderator: ['moderator', 'admin'], admin: ['admin'] };

type RoleRule = Extract<AccessRule, 'moderator' | 'admin'>;

/** The one guard of the application: finds out who calls and holds each route's `@Access` against it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly browserLogins: BrowserLogins,
    private readonly tokens: ApiTokensService,
    private readonly users: UsersService,
    private readonly config: AppConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets);
    if (!rule) {
      throw new Error('This route does not say who may call it: it lacks @Access.');
    }
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithPrincipal>();
    const principal = await this.identify(request, http.getResponse<FastifyReply>(), rule);
    if (principal) {
      request.principal = principal;
    }
    if (rule !== 'public') {
      await this.hold(rule, principal);
    }
    return true;
  }

  private async hold(rule: Exclude<AccessRule, 'public'>, principal: Principal | null): Promise<void> {
    const isRoleRule = rule === 'moderator' || rule === 'admin';
    hold(isRoleRule ? 'login' : rule, principal);
    if (isRoleRule && principal) {
      await this.holdRole(rule, principal);
    }
  }

  /** The role is read now, so that a demotion counts at once. */
  private async holdRole(rule: RoleRule, { userId, hasSecondFactor }: Principal): Promise<void> {
    const { role } = await this.users.require(userId);
    if (!ROLES_FOR[rule].includes(role)) {
      throw new RoleRequiredError(rule);
    }
    if (!hasSecondFactor) {
      throw new SecondFactorRequiredError();
    }
  }

  private async identify(request: FastifyRequest, reply: FastifyReply, rule: AccessRule): Promise<Principal | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      return this.fromToken(BEARER.exec(authorization)?.[1] ?? '');
    }
    // Public routes too: signing a stranger's browser in from another page is an attack of its own.
    if (!SAFE_METHODS.has(request.method) && isCrossSite(request, this.config.publicUrl)) {
      throw new CrossSiteRequestError();
    }
    return this.fromLogin(request, reply, rule);
  }

  private async fromToken(token: string): Promise<Principal> {
    const apiToken = await this.tokens.findByToken(token);
    if (!apiToken) {
      throw new InvalidTokenError();
    }
    return { userId: apiToken.userId, scopes: apiToken.scopes, isLogin: false, hasSecondFactor: false };
  }

  private async fromLogin(request: FastifyRequest, reply: FastifyReply, rule: AccessRule): Promise<Principal | null> {
    const login = await this.browserLogins.recognise(request, reply);
    if (login?.kind === 'good') {
      const { userId, hasSecondFactor } = login;
      return { userId, scopes: TOKEN_SCOPES, isLogin: true, hasSecondFactor };
    }
    // On a public route (signing in again, say) such a browser is like any other that is not signed in.
    if (login && rule !== 'public') {
      throw new LoginEndedError();
    }
    return null;
  }
}

function hold(rule: Exclude<AccessRule, 'public' | RoleRule>, principal: Principal | null): void {
  if (!principal) {
    throw new NotSignedInError();
  }
  if (rule === 'login') {
    if (!principal.isLogin) {
      throw new LoginRequiredError();
    }
  } else if (!principal.scopes.includes(rule)) {
    throw new MissingScopeError(rule);
  }
}

/**
 * Browsers say on every unsafe request where the page is from: `Sec-Fetch-Site`, older ones `Origin` alone. Another
 * subdomain is another site. Programs that send a cookie by hand say neither; nobody can make a browser say nothing.
 */
function isCrossSite({ headers }: FastifyRequest, publicUrl: string): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return true;
  }
  if (origin === undefined) {
    return false;
  }
  return !URL.canParse(origin) || ![host, new URL(publicUrl).host].includes(new URL(origin).host);
}
