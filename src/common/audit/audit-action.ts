/** What is noted about the safety of an account. Part of the public API: never reuse or rename one. */
export const AUDIT_ACTIONS = [
  'user.registered',
  'user.deleted',
  'login.succeeded',
  'login.failed',
  'login.second-factor-wanted',
  'login.ended',
  'login.ended-by-fingerprint',
  'logins.ended',
  'login.disowned',
  'password.changed',
  'password.refused',
  'second-factor.enabled',
  'second-factor.disabled',
  'second-factor.refused',
  'second-factor.recovery-code-used',
  'second-factor.recovery-codes-renewed',
  'role.changed',
  'logout',
  'token.created',
  'token.revoked',
  'lastfm.linked',
  'lastfm.disconnected',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
