import type { UserId } from '../../src/common/ids.js';
import { LastfmAccountsService } from '../../src/modules/lastfm/index.js';
import type { TestUser } from '../factories/factory.js';
import type { TestApp } from './test-app.js';

/** The session key that we keep for a linked user, in the clear: for what the user does at Last.fm behind our back. */
export async function sessionKeyOf(app: TestApp, user: TestUser): Promise<string> {
  const accounts = app.get(LastfmAccountsService);
  return accounts.access(await accounts.require(user.id as UserId)).sessionKey;
}
