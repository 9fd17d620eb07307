import { type ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';

import type { RequestWithPrincipal } from '../../../common/http/current-user.decorator.js';
import { RATE_LIMIT_KIND, type RateLimitKind } from '../../../common/http/rate-limit.decorator.js';
import { RateLimitedError } from './rate-limit.errors.js';
import { type LimitName, STRICT_ADDRESSES } from './rate-limits.js';

type LimitedRequest = RequestWithPrincipal & { rateLimits?: Array<{ policy: string; standing: string }> };

/** Holds some of the limits against a request, and says in the standard headers how much is left of each. */
abstract class RateLimitGuard extends ThrottlerGuard {
  protected abstract readonly limits: readonly LimitName[];

  override async onModuleInit(): Promise<void> {
    await super.onModuleInit();
    this.throttlers = this.throttlers.filter(({ name }) => this.limits.some((limit) => limit === name));
  }

  /** Discord counts what people do there. */
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(context.getType() !== 'http');
  }

  /** Whose requests are counted together; null when this limit is not about the request. */
  protected abstract callerOf(request: LimitedRequest, limit: LimitName, kind: RateLimitKind): Promise<string | null>;

  /** @throws RateLimitedError @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
  protected override async handleRequest({ context, limit, ttl, throttler }: ThrottlerRequest): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<LimitedRequest>();
    const reply = http.getResponse<FastifyReply>();
    const name = throttler.name as LimitName;
    const kind = this.kindOf(context, request);
    const caller = kind === 'none' ? null : await this.callerOf(request, name, kind);
    if (caller === null) {
      return true;
    }
    const hit = await this.storageService.increment(`${name}:${caller}`, ttl, limit, 0, name);
    request.rateLimits = [
      ...(request.rateLimits ?? []),
      {
        policy: `"${name}";q=${limit};w=${ttl / 1000}`,
        standing: `"${name}";r=${Math.max(0, limit - hit.totalHits)};t=${hit.timeToExpire}`,
      },
    ];
    void reply.header('RateLimit-Policy', request.rateLimits.map(({ policy }) => policy).join(', '));
    void reply.header('RateLimit', request.rateLimits.map(({ standing }) => standing).join(', '));
    if (hit.isBlocked) {
      void reply.header('Retry-After', hit.timeToBlockExpire);
      throw new RateLimitedError(hit.timeToBlockExpire);
    }
    return true;
  }

  private kindOf(context: ExecutionContext, request: LimitedRequest): RateLimitKind {
    const said = this.reflector.getAllAndOverride<RateLimitKind | undefined>(RATE_LIMIT_KIND, [
      context.getHandler(),
      context.getClass(),
    ]);
    return said ?? (STRICT_ADDRESSES.test(request.routeOptions.url ?? '') ? 'strict' : 'usual');
  }
}

/** Before anyone looks who is calling: guessing a token counts as well. */
@Injectable()
export class AddressRateLimitGuard extends RateLimitGuard {
  protected readonly limits = ['address', 'sign-in'] as const;

  protected async callerOf(request: LimitedRequest, limit: LimitName, kind: RateLimitKind): Promise<string | null> {
    return limit === 'sign-in' && kind !== 'strict' ? null : this.getTracker(request);
  }
}

/** Once it is known who is calling: a user, however many addresses they come from, or a bot. */
@Injectable()
export class CallerRateLimitGuard extends RateLimitGuard {
  protected readonly limits = ['user', 'bot'] as const;

  protected callerOf({ principal }: LimitedRequest, limit: LimitName): Promise<string | null> {
    return Promise.resolve((limit === 'bot' ? principal?.botKeyId : principal?.userId) ?? null);
  }
}
