import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import type { RequestWithPrincipal } from '../../../common/http/current-user.decorator.js';
import type { BotKeyId } from '../../../common/ids.js';

/** The bot key of the calling player, on a route that only a bot may call. */
export const CurrentPlayerId = createParamDecorator((_data: unknown, context: ExecutionContext): BotKeyId => {
  const { principal } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (!principal?.botKeyId) {
    throw new Error('This route reads the calling player but lets anyone call it: check its @Access.');
  }
  return principal.botKeyId;
});
