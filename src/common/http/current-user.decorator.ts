import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { UserId } from '../ids.js';
import type { Principal } from './principal.js';

export type RequestWithPrincipal = FastifyRequest & { principal?: Principal };

/** Who is calling; null on a public route without credentials. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal | null =>
    context.switchToHttp().getRequest<RequestWithPrincipal>().principal ?? null,
);

/** The calling user, on a route that only a user may call. */
export const CurrentUserId = createParamDecorator((_data: unknown, context: ExecutionContext): UserId => {
  const { principal } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (!principal?.userId) {
    throw new Error('This route reads the current user but lets anyone call it: check its @Access.');
  }
  return principal.userId;
});
