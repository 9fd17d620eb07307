import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/**
 * Who may call a route:
 * - `public`: anyone, signed in or not
 * - `read`, `write`, `ingest`: a signed-in browser, or a personal token with that scope
 * - `login`: a signed-in browser only (what a leaked token must not be able to do)
 * - `moderator`, `admin`: a signed-in browser that has shown a second factor, of someone with that role (an admin may
 *   do what a moderator may)
 * - `bot`: a bot key; beside another rule either will do, and nothing but `public` or `bot` lets a bot in
 */
export type AccessRule = 'public' | 'read' | 'write' | 'ingest' | 'login' | 'moderator' | 'admin' | 'bot';

export const ACCESS_RULE = 'access-rule';
/** Where a route's rules stand in its description; the credentials it takes follow from them. */
export const ACCESS_EXTENSION = 'x-access';

/** Every route says who may call it; one that does not is refused to everyone. */
export const Access = (rule: AccessRule, alternative?: 'bot') => {
  const rules = alternative === undefined ? [rule] : [rule, alternative];
  return applyDecorators(SetMetadata(ACCESS_RULE, rules), ApiExtension(ACCESS_EXTENSION, rules));
};
