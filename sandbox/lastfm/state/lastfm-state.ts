import { randomBytes } from 'node:crypto';

import type { Journal } from './journal.js';
import type { JournalEntry } from './journal-entry.js';
import { SandboxUser } from './sandbox-user.js';

interface AuthToken {
  readonly issuedAt: Date;
  readonly username: string | null;
  readonly isUsed: boolean;
}

interface SessionKey {
  readonly username: string;
  readonly isRevoked: boolean;
}

type Entry<Kind extends JournalEntry['kind']> = Extract<JournalEntry, { kind: Kind }>;

/** What this Last.fm knows. Every lasting change is a journal entry, applied in the same way when it is replayed. */
export class LastfmState {
  suppressDuplicates = true;
  isApiKeySuspended = false;
  private readonly usersByName = new Map<string, SandboxUser>();
  private readonly tokens = new Map<string, AuthToken>();
  private readonly sessionKeys = new Map<string, SessionKey>();

  constructor(private readonly journal: Journal | null) {
    for (const entry of journal?.replay() ?? []) {
      this.apply(entry);
    }
  }

  get users(): SandboxUser[] {
    return [...this.usersByName.values()];
  }

  /** Remembers first on disk, then in memory: both before anyone is answered. */
  record(...entries: JournalEntry[]): void {
    if (entries.length > 0) {
      this.journal?.append(entries);
      entries.forEach((entry) => {
        this.apply(entry);
      });
    }
  }

  /** User names are compared without regard to case. */
  findUser(username: string): SandboxUser | null {
    return this.usersByName.get(username.toLowerCase()) ?? null;
  }

  /** The user, made known when it is their first appearance. */
  user(username: string, at: Date): SandboxUser {
    const known = this.findUser(username);
    if (known) {
      return known;
    }
    const user = new SandboxUser(username, at);
    this.usersByName.set(username.toLowerCase(), user);
    return user;
  }

  findToken(token: string): AuthToken | null {
    return this.tokens.get(token) ?? null;
  }

  findSessionKey(key: string): SessionKey | null {
    return this.sessionKeys.get(key) ?? null;
  }

  issueToken(at: Date): string {
    const token = newSecret();
    this.record({ kind: 'token-issued', token, at: at.getTime() });
    return token;
  }

  /** A session key for the user. The token that it is given for, if any, is used up by it. */
  createSessionKey(username: string, token: string | null, at: Date): string {
    const key = newSecret();
    const { name } = this.user(username, at);
    this.record({ kind: 'key-created', key, username: name, token, at: at.getTime() });
    return key;
  }

  forget(): void {
    this.journal?.forget();
    this.usersByName.clear();
    this.tokens.clear();
    this.sessionKeys.clear();
    this.suppressDuplicates = true;
    this.isApiKeySuspended = false;
  }

  private apply(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'token-issued':
        this.tokens.set(entry.token, { issuedAt: new Date(entry.at), username: null, isUsed: false });
        break;
      case 'token-approved':
        this.approveToken(entry);
        break;
      case 'key-created':
        this.addSessionKey(entry);
        break;
      case 'key-revoked':
        this.revokeSessionKey(entry);
        break;
      case 'scrobbled':
        this.addScrobbles(entry);
        break;
      case 'loved':
        this.user(entry.username, new Date(entry.at)).love({ ...entry, lovedAt: new Date(entry.at) });
        break;
      case 'unloved':
        this.findUser(entry.username)?.unlove(entry.artist, entry.track);
        break;
    }
  }

  private approveToken({ token, username, at }: Entry<'token-approved'>): void {
    const { name } = this.user(username, new Date(at));
    const issuedAt = this.findToken(token)?.issuedAt ?? new Date(at);
    this.tokens.set(token, { issuedAt, username: name, isUsed: false });
  }

  private addSessionKey({ key, username, token, at }: Entry<'key-created'>): void {
    this.user(username, new Date(at));
    this.sessionKeys.set(key, { username, isRevoked: false });
    const used = token === null ? null : this.findToken(token);
    if (token !== null && used) {
      this.tokens.set(token, { ...used, isUsed: true });
    }
  }

  private revokeSessionKey({ key }: Entry<'key-revoked'>): void {
    const known = this.findSessionKey(key);
    if (known) {
      this.sessionKeys.set(key, { ...known, isRevoked: true });
    }
  }

  private addScrobbles({ username, scrobbles, at }: Entry<'scrobbled'>): void {
    const receivedAt = new Date(at);
    const { history } = this.user(username, receivedAt);
    for (const scrobble of scrobbles) {
      history.add({ ...scrobble, receivedAt });
    }
  }
}

/** 32 hexadecimal digits, as both tokens and session keys are. */
function newSecret(): string {
  return randomBytes(16).toString('hex');
}
