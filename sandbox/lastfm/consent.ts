import { TOKEN_LIFETIME_MS } from './methods/auth.methods.js';
import type { FlatParameters } from './protocol/flat-parameters.js';
import type { LastfmState } from './state/lastfm-state.js';
import { SandboxUser } from './state/sandbox-user.js';

/** What an application asks of a user: by a callback (web flow), by a token of its own (desktop flow), or both. */
export interface ConsentRequest {
  readonly callback: string | null;
  readonly token: string | null;
}

interface Grant {
  readonly token: string;
  /** Where to send the browser; null when the user goes back to the application by hand. */
  readonly redirectTo: string | null;
}

/** A request that cannot be granted. The message is for the person at the browser. */
export class ConsentError extends Error {}

/** A user's leave for an application to act as them. */
export class Consent {
  constructor(
    private readonly state: LastfmState,
    private readonly apiKey: string,
    private readonly now: () => Date,
  ) {}

  /** Throws a ConsentError when the page must not even ask. */
  read(params: FlatParameters): ConsentRequest {
    if (params.find('api_key') !== this.apiKey) {
      throw new ConsentError('Invalid API key. The application that sent you here is not known to this Last.fm.');
    }
    const request = { callback: params.find('cb'), token: params.find('token') };
    this.check(request);
    return request;
  }

  /** What "Yes, allow access" does. Throws a ConsentError for a user name that Last.fm could not have. */
  grant(request: ConsentRequest, username: string): Grant {
    this.check(request);
    if (!SandboxUser.isName(username)) {
      throw new ConsentError('A user name has 2 to 15 characters: a letter, then letters, digits, _ and -.');
    }
    const at = this.now();
    const token = request.token ?? this.state.issueToken(at);
    this.state.record({ kind: 'token-approved', token, username, at: at.getTime() });
    return { token, redirectTo: request.callback === null ? null : withToken(request.callback, token) };
  }

  private check({ callback, token }: ConsentRequest): void {
    if (this.state.isApiKeySuspended) {
      throw new ConsentError('This API key is suspended.');
    }
    if (callback !== null && !isWebAddress(callback)) {
      throw new ConsentError('The callback of the application must be an http or https address.');
    }
    const known = token === null ? null : this.state.findToken(token);
    if (token !== null && (!known || known.isUsed)) {
      throw new ConsentError('This token was never issued, or it has been used. Start again in the application.');
    }
    if (known && this.now().getTime() >= known.issuedAt.getTime() + TOKEN_LIFETIME_MS) {
      throw new ConsentError('This token has expired. Start again in the application.');
    }
  }
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

/** `?token=`, or `&token=` behind a query string, which is otherwise left as it is: it may be signed. */
function withToken(callback: string, token: string): string {
  const url = new URL(callback);
  url.search = `${url.search === '' ? '?' : `${url.search}&`}token=${token}`;
  return url.href;
}
