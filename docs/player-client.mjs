#!/usr/bin/env node
/**
 * A music bot's side of the player API, in one file without dependencies. Run it to watch a track being heard:
 *
 *   API=http://127.0.0.1:3000/api BOT_API_KEY=… node docs/player-client.mjs <discordUserId> [<discordUserId> …]
 *
 * In a bot, keep one Player, call start() when a track starts, and the returned playback's methods when something happens.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ALIVE_EVERY_MS = 5_000;
const TRIES = 5;

export class Player {
  #api;
  #key;
  #open = new Set();

  constructor(api, key) {
    this.#api = api;
    this.#key = key;
  }

  /** @param track {guildId, channelId, artist, title, durationSeconds?, requestedBy?, listeners: [{discordUserId, isDeafened}]} */
  async start(track) {
    const start = { eventId: randomUUID(), startedAt: new Date().toISOString(), ...track };
    const { id } = await this.call('POST', '/voice/playbacks', start);
    this.#open.add(id);
    return new PlayedTrack(this, id);
  }

  /** After a restart: says of everything that was open whether it plays on, and who is there now. */
  async resume(listenersIn) {
    const { items } = await this.call('GET', '/voice/playbacks');
    return Promise.all(
      items.map(async ({ id, guildId }) => {
        const track = new PlayedTrack(this, id);
        const listeners = await listenersIn(guildId);
        if (!listeners) {
          await track.tell({ kind: 'ended', because: 'bot_disconnected' });
          return null;
        }
        await track.tell({ kind: 'returned', listeners });
        this.#open.add(id);
        return track;
      }),
    );
  }

  /** Says every few seconds that what is open plays on: only then is a threshold proven when it is reached. */
  async keepAlive(signal) {
    while (!signal.aborted) {
      if (this.#open.size > 0) {
        await this.call('POST', '/voice/playbacks/alive', { playbackIds: [...this.#open] }).catch(console.error);
      }
      await pause(ALIVE_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  close(id) {
    this.#open.delete(id);
  }

  /** Sending anything again is safe: an event id counts once. What is refused is not sent again. */
  async call(method, path, body) {
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await fetch(this.#api + path, {
          method,
          headers: { 'x-bot-key': this.#key, ...(body && { 'content-type': 'application/json' }) },
          body: body && JSON.stringify(body),
        });
        const text = await response.text();
        if (response.ok) {
          return text ? JSON.parse(text) : undefined;
        }
        if (response.status < 500 && response.status !== 429) {
          throw new Error(`${method} ${path}: ${text}`, { cause: 'refused' });
        }
      } catch (error) {
        if (error.cause === 'refused') {
          throw error;
        }
      }
      if (tries === TRIES) {
        throw new Error(`${method} ${path}: no answer.`);
      }
      await pause(200 * 2 ** tries);
    }
  }
}

class PlayedTrack {
  #player;

  constructor(player, id) {
    this.#player = player;
    this.id = id;
  }

  paused = () => this.tell({ kind: 'paused' });
  resumed = () => this.tell({ kind: 'resumed' });
  seeked = (positionSeconds) => this.tell({ kind: 'seeked', positionSeconds });
  joined = (discordUserId, isDeafened = false) => this.tell({ kind: 'joined', discordUserId, isDeafened });
  left = (discordUserId) => this.tell({ kind: 'left', discordUserId });
  deafened = (discordUserId) => this.tell({ kind: 'deafened', discordUserId });
  undeafened = (discordUserId) => this.tell({ kind: 'undeafened', discordUserId });

  /** @param because finished, skipped, stopped, bot_disconnected or node_failed */
  async ended(because = 'finished') {
    this.#player.close(this.id);
    return this.tell({ kind: 'ended', because });
  }

  find() {
    return this.#player.call('GET', `/voice/playbacks/${this.id}`);
  }

  tell(event) {
    const events = [{ eventId: randomUUID(), at: new Date().toISOString(), ...event }];
    return this.#player.call('POST', `/voice/playbacks/${this.id}/events`, { events });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const listeners = process.argv.slice(2).map((discordUserId) => ({ discordUserId, isDeafened: false }));
  const player = new Player(process.env.API ?? 'http://127.0.0.1:3000/api', process.env.BOT_API_KEY ?? '');
  const over = new AbortController();
  const alive = player.keepAlive(over.signal);
  const track = await player.start({
    ...{ guildId: '613425648685547541', guildName: 'An example', channelId: '613425648685547545' },
    ...{ artist: 'Air', title: 'La Femme d’Argent', durationSeconds: 12, listeners },
  });
  await pause(3_000);
  await track.paused();
  await track.resumed();
  await pause(9_000);
  await track.ended();
  await pause(2_000);
  for (const { discordUserId, reason, sentence } of (await track.find()).decisions) {
    console.log(`${discordUserId}: ${reason}. ${sentence}`);
  }
  over.abort();
  await alive;
}
