import { randomBytes, randomUUID } from 'node:crypto';

import { SecretBox } from '../dist/src/common/crypto/secret-box.js';
import { LastfmSandbox } from '../dist/sandbox/lastfm/index.js';
import { createDatabase, withClient } from './databases.mjs';

export const ACCOUNTS = 200;
export const EACH = 50;
export const TOTAL = ACCOUNTS * EACH;

const API_KEY = 'a'.repeat(32);
const API_SECRET = 'b'.repeat(32);

/** A fresh database, a sandbox Last.fm, and backlogs of accounts that are linked to it. */
export class Backlog {
  #box;

  constructor(url, sandbox, encryptionKey) {
    this.url = url;
    this.sandbox = sandbox;
    this.#box = new SecretBox([{ id: 'bench', key: encryptionKey }]);
    /** What a server needs to deliver it. */
    this.env = {
      DATABASE_URL: url,
      ENCRYPTION_KEYS: `bench:${encryptionKey.toString('base64')}`,
      LASTFM_API_KEY: API_KEY,
      LASTFM_API_SECRET: API_SECRET,
      LASTFM_API_URL: sandbox.apiUrl,
      LASTFM_AUTH_URL: sandbox.authUrl,
    };
  }

  static async create(serverUrl) {
    const sandbox = await LastfmSandbox.start({ apiKey: API_KEY, apiSecret: API_SECRET });
    sandbox.suppressDuplicates = false;
    return new Backlog(await createDatabase(serverUrl), sandbox, randomBytes(32));
  }

  /** Linked accounts `<prefix>0` and so on with 50 queued scrobbles each. They are not due yet. */
  async fill(prefix, accounts) {
    await withClient(this.url, async (client) => {
      for (let i = 0; i < accounts; i += 1) {
        await this.link(client, `${prefix}${i}`);
      }
      await queueScrobbles(client, prefix);
      await client.query('analyze');
    });
  }

  /** From this moment on all of it is due. */
  async release() {
    await withClient(this.url, (client) =>
      client.query(
        `with due as (update delivery_lane set next_attempt_at = now(), priority = 1
                       where exists (select from delivery d where d.user_id = delivery_lane.user_id and d.state = 'queued')
                      returning user_id) select pg_notify('delivery-due', count(*)::text) from due`,
      ),
    );
  }

  /** An account that is linked, of a user who is there already or a new one. */
  async link(client, username, existingUserId) {
    const userId = existingUserId ?? randomUUID();
    const sessionKey = this.#box.seal(this.sandbox.createSessionKey(username), `lastfm-account:${userId}`);
    await client.query(`insert into app_user values ($1, $2, 'user', 'UTC', now()) on conflict do nothing`, [
      userId,
      username,
    ]);
    await client.query(
      `insert into delivery_lane (user_id, destination, priority, failures, batch_limit) values ($1, 'lastfm', 9, 0, 50)`,
      [userId],
    );
    await client.query(
      `insert into lastfm_account (user_id, username, username_key, session_key, state, scrobbling_enabled, linked_at)
       values ($1, $2, $2, $3, 'linked', true, now())`,
      [userId, username, sessionKey],
    );
  }
}

/** Of the accounts whose names begin so. */
async function queueScrobbles(client, prefix) {
  await client.query(
    `insert into scrobble (user_id, id, artist, title, duration_seconds, played_at, source, provenance, chosen_by_user,
                           match_key, created_at)
     select user_id, gen_random_uuid(), 'The Benchmarks', 'Song ' || n, 200,
            date_trunc('second', now()) - make_interval(mins => n), 'manual', 'manual', true, 'key ' || n, now()
       from lastfm_account a, generate_series(1, ${EACH}) n
      where a.username like $1 || '%'`,
    [prefix],
  );
  await client.query(
    `insert into delivery (user_id, scrobble_id, destination, state, played_at, attempts, deadline_at, created_at)
     select user_id, id, 'lastfm', 'queued', played_at, 0, played_at + interval '14 days', now() from scrobble
         on conflict do nothing`,
  );
}
