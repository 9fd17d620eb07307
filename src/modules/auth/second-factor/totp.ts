import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Universal Scrobbler';
/** RFC 4226 recommends as many as SHA-1 has. */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** How far a phone's clock may be off, in steps (RFC 6238, 5.2). */
const DRIFT_STEPS = 1;

/** A new secret in base32, as authenticator apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the QR code says to an authenticator app. @param account whose it is, as the app will show it */
export function totpAddress(secret: string, account: string): string {
  return totp(secret, account).toString();
}

/** The time step that a code belongs to, now or one before or after; null: it is wrong. In constant time. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const drift = totp(secret).validate({ token: code, timestamp, window: DRIFT_STEPS });
  return drift === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + drift;
}

/** SHA-1 and six digits: what every app knows, several of them nothing else. */
function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret });
}
