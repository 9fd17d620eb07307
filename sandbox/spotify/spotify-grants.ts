import { createHash, randomBytes } from 'node:crypto';

const CODE_LIFETIME_MS = 10 * 60_000;
const ACCESS_LIFETIME_SECONDS = 3_600;
/** Since June 2026, counted from the authorization; refreshing does not prolong it. */
const REFRESH_LIFETIME_MONTHS = 6;
const NAME = /^[a-z0-9][a-z0-9_.-]{1,29}$/;

export const NAME_HINT = 'Any name will do: 2 to 30 small letters, digits and - _ . A new one makes a new user.';

export interface SpotifyApp {
  readonly clientId: string;
  /** Undefined: the app proves itself by PKCE alone. */
  readonly clientSecret?: string | undefined;
  /** Those that were entered in Spotify's dashboard. */
  readonly redirectUris: readonly string[];
}

/** What an app asks of a person, as far as it could be read. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | null;
  readonly challenge: string | null;
}

/** Whose a token is and since when. Tokens carry it themselves, so that they outlive the process. */
interface Bearer {
  readonly userId: string;
  readonly scope: string;
  readonly authorizedAt: number;
  readonly issuedAt: number;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** The page must not even ask. The message is for the person at the browser. */
export class ConsentError extends Error {}

const refused = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Spotify's authorization codes, access and refresh tokens. A refresh token is good once: it comes back as a new one. */
export class SpotifyGrants {
  private readonly codes = new Map<string, ConsentRequest & { userId: string; expiresAt: number }>();
  private readonly spent = new Set<string>();
  private readonly revoked = new Set<string>();

  constructor(
    private readonly app: SpotifyApp,
    private readonly now: () => Date,
  ) {}

  /** @throws ConsentError */
  read(query: URLSearchParams): ConsentRequest {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== this.app.clientId) {
      throw new ConsentError('INVALID_CLIENT: Invalid client');
    }
    if (!this.app.redirectUris.includes(redirectUri)) {
      throw new ConsentError('INVALID_CLIENT: Invalid redirect URI');
    }
    if (query.get('response_type') !== 'code') {
      throw new ConsentError('response_type must be code');
    }
    if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256') {
      throw new ConsentError('code_challenge_method must be S256');
    }
    return {
      redirectUri,
      scope: query.get('scope') ?? '',
      state: query.get('state'),
      challenge: query.get('code_challenge'),
    };
  }

  /** What "Agree" does. @returns where to send the browser. @throws ConsentError for a name nobody could have */
  allow(request: ConsentRequest, userId: string): string {
    if (!NAME.test(userId)) {
      throw new ConsentError(NAME_HINT);
    }
    const code = randomBytes(24).toString('base64url');
    this.revoked.delete(userId);
    this.codes.set(code, { ...request, userId, expiresAt: this.now().getTime() + CODE_LIFETIME_MS });
    return back(request, { code });
  }

  /** What "Cancel" does. */
  deny(request: ConsentRequest): string {
    return back(request, { error: 'access_denied' });
  }

  /** Answers the token endpoint. */
  grant(form: URLSearchParams, client: { id: string; secret: string | null }): Answer {
    const isKnown = client.id === this.app.clientId;
    if (!isKnown || (client.secret !== null && client.secret !== this.app.clientSecret)) {
      return refused('invalid_client', 'Invalid client');
    }
    const grantType = form.get('grant_type');
    if (grantType === 'authorization_code') {
      return this.redeem(form, client.secret !== null);
    }
    return grantType === 'refresh_token'
      ? this.refresh(form.get('refresh_token') ?? '')
      : refused('unsupported_grant_type', 'grant_type parameter is missing or unknown');
  }

  /** Whose access token that is; null when it is none, or its hour is over. */
  bearerOf(token: string): Bearer | null {
    const bearer = read('access', token);
    const expiresAt = (bearer?.issuedAt ?? 0) + ACCESS_LIFETIME_SECONDS * 1000;
    return bearer && this.now().getTime() < expiresAt && !this.revoked.has(bearer.userId) ? bearer : null;
  }

  /** The user has taken the permission back at Spotify. */
  revoke(userId: string): void {
    this.revoked.add(userId);
  }

  forget(): void {
    this.codes.clear();
    this.spent.clear();
    this.revoked.clear();
  }

  /** Codes are used up by the first try, right or wrong. */
  private redeem(form: URLSearchParams, hasSecret: boolean): Answer {
    const code = form.get('code') ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    const now = this.now().getTime();
    if (!grant || grant.expiresAt <= now || grant.redirectUri !== form.get('redirect_uri')) {
      return refused('invalid_grant', 'Invalid authorization code');
    }
    const answered = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant.challenge === null ? !hasSecret : grant.challenge !== answered) {
      return refused('invalid_grant', 'code_verifier was incorrect');
    }
    return this.tokens({ userId: grant.userId, scope: grant.scope, authorizedAt: now, issuedAt: now });
  }

  private refresh(token: string): Answer {
    const bearer = read('refresh', token);
    const now = this.now();
    if (!bearer || this.spent.has(token) || this.revoked.has(bearer.userId)) {
      return refused('invalid_grant', 'Refresh token revoked');
    }
    const endsAt = new Date(bearer.authorizedAt);
    endsAt.setUTCMonth(endsAt.getUTCMonth() + REFRESH_LIFETIME_MONTHS);
    if (endsAt <= now) {
      return refused('invalid_grant', 'Refresh token expired');
    }
    this.spent.add(token);
    return this.tokens({ ...bearer, issuedAt: now.getTime() });
  }

  private tokens(bearer: Bearer): Answer {
    return {
      status: 200,
      body: {
        access_token: write('access', bearer),
        token_type: 'Bearer',
        expires_in: ACCESS_LIFETIME_SECONDS,
        refresh_token: write('refresh', bearer),
        scope: bearer.scope,
      },
    };
  }
}

type TokenKind = 'access' | 'refresh';

function write(kind: TokenKind, bearer: Bearer): string {
  return Buffer.from(JSON.stringify({ ...bearer, kind, salt: randomBytes(9).toString('base64url') })).toString(
    'base64url',
  );
}

function read(kind: TokenKind, token: string): Bearer | null {
  try {
    const said = JSON.parse(Buffer.from(token, 'base64url').toString()) as Bearer & { kind: TokenKind };
    return said.kind === kind ? said : null;
  } catch {
    return null;
  }
}

function back({ redirectUri, state }: ConsentRequest, answer: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state !== null && { state }) })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
