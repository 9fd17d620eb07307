import { track } from '../factories/factory.js';
import { TestClient } from '../support/test-client.js';
import type { ChaosAccount } from './account.js';

const TITLES = Array.from({ length: 8 }, (_, index) => `Track ${index}`);

/** Someone whose playlist is scrobbled by itself, a track a minute, while the servers come and go. */
export class Automation {
  /** Each once, in this order, whenever that is. */
  readonly titles = TITLES;

  private constructor(readonly account: ChaosAccount) {}

  static async start(account: ChaosAccount, origin: string): Promise<Automation> {
    const client = new TestClient(origin, { authorization: `Bearer ${account.token}` });
    const tracks = TITLES.map((title) => track(title));
    const { body: playlist } = await client.post('/playlists', { title: 'Chaos', visibility: 'private', tracks });
    const { status, text } = await client.post('/scrobble-runs', {
      playlistId: playlist.id,
      pace: { kind: 'interval', minutes: 1 },
      order: 'sequential',
      repeat: false,
    });
    if (status !== 201) {
      throw new Error(`The run did not start: ${status} ${text}`);
    }
    return new Automation(account);
  }
}
