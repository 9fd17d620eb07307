/** What is noted about the safety of an account. Part of the public API: never reuse or rename one. */
export const AUDIT_ACTIONS = [
  'user.registered',
  'user.deleted',
  'login.succeeded',
  'login.failed',
  'login.ended',
  'login.ended-by-fingerprint',
  'logins.ended',
  'login.disowned',
  'password.changed',
  'password.refused',
  'identity.linked',
  'identity.unlinked',
  'logout',
  'token.created',
  'token.revoked',
  'lastfm.linked',
  'lastfm.disconnected',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
