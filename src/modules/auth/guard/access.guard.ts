import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { ACCESS_RULE, type AccessRule } from '../../../common/http/access.decorator.js';
import type { UserId } from '../../../common/ids.js';
import type { RequestWithPrincipal } from '../../../common/http/current-user.decorator.js';
import { type Principal, TOKEN_SCOPES } from '../../../common/http/principal.js';
import { AppConfig } from '../../../config/app-config.js';
import {
  BotKeyNotAcceptedError,
  BotKeyRequiredError,
  CrossSiteRequestError,
  InvalidBotKeyError,
  InvalidTokenError,
  LoginEndedError,
  LoginRequiredError,
  MissingScopeError,
  NotSignedInError,
  RoleRequiredError,
} from '../auth.errors.js';
import { BotKeys } from '../bot-keys/bot-keys.service.js';
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

/**
 * The one guard of the application: finds out who calls and holds each route's `@Access` against it. Commands of Discord come
 * with the person who gives them, and are no routes.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly browserLogins: BrowserLogins,
    private readonly tokens: ApiTokensService,
    private readonly users: UsersService,
    private readonly botKeys: BotKeys,
    private readonly config: AppConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') {
      return true;
    }
    const targets = [context.getHandler(), context.getClass()];
    const rules = this.reflector.getAllAndOverride<readonly AccessRule[] | undefined>(ACCESS_RULE, targets);
    if (!rules) {
      throw new Error('This route does not say who may call it: it lacks @Access.');
    }
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithPrincipal>();
    const isPublic = rules.includes('public');
    const principal = await this.identify(request, http.getResponse<FastifyReply>(), isPublic);
    if (principal) {
      request.principal = principal;
    }
    if (!isPublic) {
      await this.hold(rules, principal);
    }
    return true;
  }

  private async hold(rules: readonly AccessRule[], principal: Principal | null): Promise<void> {
    const role = rules.find(isRoleRule);
    hold(role ? ['login'] : rules, principal);
    if (role && principal?.userId) {
      await this.holdRole(role, principal.userId, principal.hasSecondFactor);
    }
  }

  /** The role is read now, so that a demotion counts at once. */
  private async holdRole(rule: RoleRule, userId: UserId, hasSecondFactor: boolean): Promise<void> {
    const { role } = await this.users.require(userId);
    if (!ROLES_FOR[rule].includes(role)) {
      throw new RoleRequiredError(rule);
    }
    if (!hasSecondFactor) {
      throw new SecondFactorRequiredError();
    }
  }

  private async identify(request: FastifyRequest, reply: FastifyReply, isPublic: boolean): Promise<Principal | null> {
    const { authorization, 'x-bot-key': botKey } = request.headers;
    if (botKey !== undefined) {
      return this.fromBotKey(String(botKey));
    }
    if (authorization !== undefined) {
      return this.fromToken(BEARER.exec(authorization)?.[1] ?? '');
    }
    // Public routes too: signing a stranger's browser in from another page is an attack of its own.
    if (!SAFE_METHODS.has(request.method) && isCrossSite(request, this.config.publicUrl)) {
      throw new CrossSiteRequestError();
    }
    return this.fromLogin(request, reply, isPublic);
  }

  private async fromBotKey(key: string): Promise<Principal> {
    const botKeyId = await this.botKeys.findId(key);
    if (!botKeyId) {
      throw new InvalidBotKeyError();
    }
    return { userId: null, botKeyId, scopes: [], isLogin: false, hasSecondFactor: false };
  }

  private async fromToken(token: string): Promise<Principal> {
    const apiToken = await this.tokens.findByToken(token);
    if (!apiToken) {
      throw new InvalidTokenError();
    }
    return { userId: apiToken.userId, botKeyId: null, scopes: apiToken.scopes, isLogin: false, hasSecondFactor: false };
  }

  private async fromLogin(request: FastifyRequest, reply: FastifyReply, isPublic: boolean): Promise<Principal | null> {
    const login = await this.browserLogins.recognise(request, reply);
    if (login?.kind === 'good') {
      const { userId, hasSecondFactor } = login;
      return { userId, botKeyId: null, scopes: TOKEN_SCOPES, isLogin: true, hasSecondFactor };
    }
    // On a public route (signing in again, say) such a browser is like any other that is not signed in.
    if (login && !isPublic) {
      throw new LoginEndedError();
    }
    return null;
  }
}

const isRoleRule = (rule: AccessRule): rule is RoleRule => rule === 'moderator' || rule === 'admin';

function hold(rules: readonly AccessRule[], principal: Principal | null): void {
  const isForBots = rules.includes('bot');
  const rule = rules.find((each) => each !== 'bot' && !isRoleRule(each));
  if (principal?.botKeyId) {
    if (!isForBots) {
      throw new BotKeyNotAcceptedError();
    }
    return;
  }
  if (rule === undefined) {
    throw new BotKeyRequiredError();
  }
  holdUser(rule, principal);
}

function holdUser(rule: Exclude<AccessRule, 'bot' | RoleRule>, principal: Principal | null): void {
  if (!principal) {
    throw new NotSignedInError();
  }
  if (rule === 'login') {
    if (!principal.isLogin) {
      throw new LoginRequiredError();
    }
  } else if (rule !== 'public' && !principal.scopes.includes(rule)) {
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
