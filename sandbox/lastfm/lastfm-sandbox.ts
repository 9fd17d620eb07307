import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';

import { FaultyApi } from './api/faulty-api.js';
import { MethodDispatcher, type Credentials } from './api/method-dispatcher.js';
import { CallLog, type SandboxCall } from './call-log.js';
import { Consent } from './consent.js';
import { Faults } from './faults.js';
import { createServer } from './server.js';
import { Journal } from './state/journal.js';
import { LastfmState } from './state/lastfm-state.js';
import type { SandboxScrobble } from './state/sandbox-scrobble.js';
import { SandboxUser, type NowPlaying } from './state/sandbox-user.js';

const HOST = '127.0.0.1';

interface SandboxOptions extends Credentials {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Where `lastfm.jsonl` is kept. Without it everything is forgotten at the end. */
  readonly dataDir?: string | undefined;
  /** Tests pass a clock that they move. */
  readonly now?: (() => Date) | undefined;
}

/**
 * A Last.fm of our own on loopback, over real HTTP: the API at `/2.0/`, the consent page, and public profiles. What a
 * test wants to arrange, to spoil or to look up is a member of this class.
 */
export class LastfmSandbox {
  /** What goes wrong, and when. */
  readonly faults = new Faults();
  private readonly log = new CallLog();
  private readonly now: () => Date;
  private readonly consent: Consent;
  private readonly api: FaultyApi;
  private readonly server: FastifyInstance;

  private constructor(
    private readonly state: LastfmState,
    options: SandboxOptions,
  ) {
    this.now = options.now ?? (() => new Date());
    this.consent = new Consent(state, options.apiKey, this.now);
    const dispatcher = new MethodDispatcher(options);
    this.api = new FaultyApi({ state, dispatcher, faults: this.faults, log: this.log, now: this.now });
    this.server = createServer({ state, api: this.api, consent: this.consent, now: this.now });
  }

  /** Listens when it resolves. Rejects when the port is taken, or when the journal is damaged before its last line. */
  static async start(options: SandboxOptions): Promise<LastfmSandbox> {
    const journal = options.dataDir === undefined ? null : Journal.open(options.dataDir);
    try {
      const sandbox = new LastfmSandbox(new LastfmState(journal), options);
      sandbox.server.addHook('onClose', () => journal?.close());
      await sandbox.server.listen({ host: HOST, port: options.port ?? 0 });
      return sandbox;
    } catch (error) {
      journal?.close();
      throw error;
    }
  }

  /** `http://127.0.0.1:PORT` */
  get origin(): string {
    const { port } = this.server.server.address() as AddressInfo;
    return `http://${HOST}:${port}`;
  }

  get apiUrl(): string {
    return `${this.origin}/2.0/`;
  }

  get authUrl(): string {
    return `${this.origin}/api/auth/`;
  }

  /** The newest 20,000 API calls, in order of arrival, the one in flight included. */
  get calls(): SandboxCall[] {
    return this.log.calls;
  }

  /** When on (at first it is), an identical scrobble is answered as accepted and stored once; when off, every time. */
  get suppressDuplicates(): boolean {
    return this.state.suppressDuplicates;
  }

  set suppressDuplicates(suppress: boolean) {
    this.state.suppressDuplicates = suppress;
  }

  /** What was accepted and stored, in order of arrival. */
  scrobblesOf(username: string): SandboxScrobble[] {
    return [...(this.state.findUser(username)?.history.inOrderOfArrival ?? [])];
  }

  /** What was announced last, unless it must have ended by now (after ten minutes when its length is not known). */
  nowPlayingOf(username: string): NowPlaying | null {
    return this.state.findUser(username)?.nowPlayingAt(this.now()) ?? null;
  }

  /** Does what pressing "Yes, allow access" does; resolves to the token. Rejects when the page would complain. */
  approve({ username, callback, token }: { username: string; callback?: string; token?: string }): Promise<string> {
    return new Promise((resolve) => {
      const request = { callback: callback ?? null, token: token ?? null };
      resolve(this.consent.grant(request, username).token);
    });
  }

  /** A session key for the user, who is made known when they are not: for tests that are not about signing in. */
  createSessionKey(username: string): string {
    if (!SandboxUser.isName(username)) {
      throw new Error(`"${username}" is no Last.fm user name: 2 to 15 characters, a letter first.`);
    }
    return this.state.createSessionKey(username, null, this.now());
  }

  /** The user has taken the permission back: from now on calls with this key answer error 9. */
  revoke(sessionKey: string): void {
    this.state.record({ kind: 'key-revoked', key: sessionKey });
  }

  /** Hides what the user listens to: others get error 17, calls signed with the user's own session key do not. */
  setPrivate(username: string, isPrivate: boolean): void {
    this.state.user(username, this.now()).isPrivate = isPrivate;
  }

  /** While suspended, every call with the API key answers error 26. */
  suspendApiKey(suspended: boolean): void {
    this.state.isApiKeySuspended = suspended;
  }

  /** Scrobbles beyond this many in a UTC day are ignored with code 5. Null takes the cap away. */
  setDailyCap(username: string, cap: number | null): void {
    this.state.user(username, this.now()).dailyCap = cap;
  }

  /** Forgets everything: users, tokens, keys, scrobbles, the journal, faults, settings and the log of calls. */
  reset(): void {
    this.state.forget();
    this.faults.clear();
    this.log.clear();
  }

  /** Ends all connections, stalled ones too, and closes the journal. */
  async close(): Promise<void> {
    this.api.close();
    await this.server.close();
  }
}
