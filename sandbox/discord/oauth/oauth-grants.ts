import { createHash, randomBytes } from 'node:crypto';

import { type DiscordUser, discordUser, isDiscordName, NAME_HINT } from '../world/discord-user.js';

const CODE_LIFETIME_MS = 10 * 60_000;
const TOKEN_LIFETIME_SECONDS = 604_800;

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Those that were entered in the developer portal. */
  readonly redirectUris: readonly string[];
}

/** What an application asks of a person, as far as it could be read. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | null;
  readonly challenge: string | null;
}

interface Grant extends ConsentRequest {
  readonly user: DiscordUser;
  readonly expiresAt: number;
}

export type TokenAnswer = { status: number; body: object };

/** The page must not even ask. The message is for the person at the browser. */
export class ConsentError extends Error {}

const secret = (): string => randomBytes(24).toString('base64url');

/** Discord's authorization codes and access tokens. Nothing is remembered beyond the process. */
export class OAuthGrants {
  private readonly codes = new Map<string, Grant>();
  private readonly tokens = new Map<string, { user: DiscordUser; scope: string }>();

  constructor(
    private readonly client: OAuthClient,
    private readonly now: () => Date,
  ) {}

  /** @throws ConsentError */
  read(query: URLSearchParams): ConsentRequest {
    if (query.get('client_id') !== this.client.clientId) {
      throw new ConsentError('Unknown application.');
    }
    const redirectUri = query.get('redirect_uri') ?? '';
    if (!this.client.redirectUris.includes(redirectUri)) {
      throw new ConsentError('Invalid OAuth2 redirect_uri.');
    }
    if (query.get('response_type') !== 'code') {
      throw new ConsentError('Unsupported response type.');
    }
    const scope = query.get('scope') ?? '';
    if (!scope.split(' ').includes('identify')) {
      throw new ConsentError('This sandbox knows the scope identify only.');
    }
    const isPlain = query.has('code_challenge') && query.get('code_challenge_method') !== 'S256';
    if (isPlain) {
      throw new ConsentError('Only S256 code challenges are taken.');
    }
    return { redirectUri, scope, state: query.get('state'), challenge: query.get('code_challenge') };
  }

  /** What "Authorize" does. @returns where to send the browser. @throws ConsentError for a name Discord could not have */
  allow(request: ConsentRequest, username: string): string {
    if (!isDiscordName(username)) {
      throw new ConsentError(NAME_HINT);
    }
    const code = secret();
    const expiresAt = this.now().getTime() + CODE_LIFETIME_MS;
    this.codes.set(code, { ...request, user: discordUser(username), expiresAt });
    return back(request, { code });
  }

  /** What "Cancel" does. */
  deny(request: ConsentRequest): string {
    return back(request, {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request',
    });
  }

  /** Codes are used up by the first try, right or wrong. */
  redeem(form: URLSearchParams, client: { id: string; secret: string }): TokenAnswer {
    if (client.id !== this.client.clientId || client.secret !== this.client.clientSecret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    if (form.get('grant_type') !== 'authorization_code') {
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    }
    const code = form.get('code') ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (!grant || !this.isGood(grant, form)) {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' } };
    }
    const token = secret();
    this.tokens.set(token, grant);
    const body = { token_type: 'Bearer', access_token: token, expires_in: TOKEN_LIFETIME_SECONDS };
    return { status: 200, body: { ...body, refresh_token: secret(), scope: grant.scope } };
  }

  userOf(accessToken: string): DiscordUser | null {
    return this.tokens.get(accessToken)?.user ?? null;
  }

  forget(): void {
    this.codes.clear();
    this.tokens.clear();
  }

  private isGood({ redirectUri, challenge, expiresAt }: Grant, form: URLSearchParams): boolean {
    const verifier = form.get('code_verifier') ?? '';
    const answered = createHash('sha256').update(verifier).digest('base64url');
    return (
      this.now().getTime() < expiresAt &&
      form.get('redirect_uri') === redirectUri &&
      (challenge === null || answered === challenge)
    );
  }
}

function back({ redirectUri, state }: ConsentRequest, answer: Record<string, string>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state !== null && { state }) })) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
