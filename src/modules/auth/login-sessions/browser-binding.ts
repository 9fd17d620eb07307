import { Injectable } from '@nestjs/common';

import { KeyedHash } from '../../../common/crypto/keyed-hash.js';
import type { BrowserSignals } from './browser-signals.js';

/** What is kept of a browser: nobody can read from it which browser it was. */
export interface BoundBrowser {
  fingerprintHash: string;
  clientHash: string | null;
}

export type BrowserStanding =
  /** `renewed`: what to keep from now on, where that has changed. */
  | { kind: 'same-browser'; renewed: BoundBrowser | null }
  | { kind: 'other-browser' }
  /** The key is gone with which it could be compared. */
  | { kind: 'unknown' };

const SERVER_SIGNALS = 'login-fingerprint';
const CLIENT_SIGNALS = 'login-client-fingerprint';

/** Ties a login session to the browser that signed in. */
@Injectable()
export class BrowserBinding {
  constructor(private readonly keyedHash: KeyedHash) {}

  of({ server, client }: BrowserSignals): BoundBrowser {
    return {
      fingerprintHash: this.keyedHash.of(server, SERVER_SIGNALS),
      clientHash: client === null ? null : this.keyedHash.of(client, CLIENT_SIGNALS),
    };
  }

  /** A request that cannot carry the page's own hash (a page load, an event stream) is judged by the rest. */
  compare(bound: BoundBrowser, signals: BrowserSignals): BrowserStanding {
    const comparisons = [this.keyedHash.compare(bound.fingerprintHash, signals.server, SERVER_SIGNALS)];
    if (bound.clientHash !== null && signals.client !== null) {
      comparisons.push(this.keyedHash.compare(bound.clientHash, signals.client, CLIENT_SIGNALS));
    }
    if (comparisons.includes('different')) {
      return { kind: 'other-browser' };
    }
    if (comparisons.includes('key-gone')) {
      return { kind: 'unknown' };
    }
    return { kind: 'same-browser', renewed: this.renewed(bound, signals) };
  }

  /** After a change of ENCRYPTION_KEYS, and when a page first says its hash. */
  private renewed(bound: BoundBrowser, signals: BrowserSignals): BoundBrowser | null {
    const isStale = [bound.fingerprintHash, bound.clientHash].some(
      (kept) => kept !== null && this.keyedHash.isStale(kept),
    );
    const isNews = bound.clientHash === null && signals.client !== null;
    if (!isStale && !isNews) {
      return null;
    }
    const fresh = this.of(signals);
    const isWaiting = isStale && bound.clientHash !== null && signals.client === null;
    return isWaiting ? null : fresh;
  }
}
