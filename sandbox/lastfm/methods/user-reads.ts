import { ApiError } from '../protocol/api-error.js';
import { element, type Element } from '../protocol/element.js';
import type { SandboxUser } from '../state/sandbox-user.js';
import type { MethodCall } from './api-method.js';

const DATE = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** The user that the call names, or error 6, with the 404 that goes with it. */
export function requireUser({ state, params }: MethodCall): SandboxUser {
  const user = state.findUser(params.require('user'));
  if (!user) {
    throw new ApiError(6, 'User not found', 404);
  }
  return user;
}

/** Error 17 when the user hides their listening and the call is not signed with their own session key. */
export function requireReadable(call: MethodCall): SandboxUser {
  const user = requireUser(call);
  if (user.isPrivate && call.caller !== user) {
    throw new ApiError(17);
  }
  return user;
}

/** `<date uts="1603188238">20 Oct 2020, 10:03</date>` */
export function dateElement(unixSeconds: number): Element {
  return element('date', DATE.format(unixSeconds * 1000), { uts: String(unixSeconds) });
}
