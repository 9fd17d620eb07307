import { UserMerges } from '../../src/modules/auth/merging/user-merges.service.js';
import type { UserId } from '../../src/common/ids.js';
import type { TestUser } from '../factories/factory.js';
import type { TestApp } from './test-app.js';
import type { TestClient, TestResponse } from './test-client.js';

/** A merge that waits for the word of a person who has just proven to be another user too, in one browser. */
export class ProposedMerge {
  private constructor(
    readonly id: string,
    readonly confirmation: string,
  ) {}

  /** @param browser where both were proven; the one the staying user is signed in with unless said otherwise */
  static async of(app: TestApp, into: TestUser, from: TestUser, browser = into.browser): Promise<ProposedMerge> {
    const { id, confirmation } = await app.get(UserMerges).propose({
      intoUserId: into.id as UserId,
      fromUserId: from.id as UserId,
      proven: { kind: 'discord', name: 'ada#1' },
    });
    browser.setCookie('merge_confirmation', confirmation);
    return new ProposedMerge(id, confirmation);
  }

  look(browser: TestClient): Promise<TestResponse> {
    return browser.get(`/me/merges/${this.id}`);
  }

  confirm(browser: TestClient, lastfm?: { username: string; waiting: 'send' | 'cancel' }): Promise<TestResponse> {
    return browser.post(`/me/merges/${this.id}/confirm`, lastfm && { lastfm });
  }

  cancel(browser: TestClient): Promise<TestResponse> {
    return browser.delete(`/me/merges/${this.id}`);
  }
}
