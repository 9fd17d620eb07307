import { randomUUID } from 'node:crypto';

import type { LastfmSandbox } from '../../sandbox/lastfm/index.js';
import { SecretBox } from '../../src/common/crypto/secret-box.js';
import { newOpaqueToken } from '../../src/modules/auth/guard/opaque-token.js';
import { SEALED_SESSION_KEY } from '../../src/modules/lastfm/accounts/lastfm-account.entity.js';
import type { ChaosPostgres } from './chaos-postgres.js';

/** Someone whose Last.fm account is linked, and what their program signs in with. */
export interface ChaosAccount {
  userId: string;
  lastfmUsername: string;
  token: string;
}

/** Where the accounts of a seed live. */
export interface AccountHome {
  postgres: ChaosPostgres;
  database: string;
  encryptionKey: { id: string; key: Buffer };
  sandbox: LastfmSandbox;
}

/** Straight into the database: a hundred sign-ins and handshakes would take longer than the chaos. */
export async function createAccount(home: AccountHome, lastfmUsername: string): Promise<ChaosAccount> {
  const { postgres, database, encryptionKey, sandbox } = home;
  const userId = randomUUID();
  const { token, hash } = newOpaqueToken('us_');
  const sessionKey = new SecretBox([encryptionKey]).seal(
    sandbox.createSessionKey(lastfmUsername),
    SEALED_SESSION_KEY.contextOf(userId),
  );
  await postgres.query(
    database,
    `with one as (insert into app_user values ($1, $2, 'user', 'UTC', now())),
          key as (insert into api_token (id, user_id, name, scopes, token_hash, created_at)
                  values (gen_random_uuid(), $1, 'chaos', '{read,write}', $4, now()))
     insert into lastfm_account (user_id, username, username_key, session_key, state, scrobbling_enabled, linked_at)
     values ($1, $2, $2, $3, 'linked', true, now())`,
    [userId, lastfmUsername, sessionKey, hash],
  );
  return { userId, lastfmUsername, token };
}
