import { newId } from '../../src/common/ids.js';
import { track, type LinkedTestUser } from '../factories/factory.js';
import { ProposedMerge } from './proposed-merge.js';
import type { TestApp } from './test-app.js';

/** Makes one thing of this user. @returns its id */
type Maker = (app: TestApp, owner: LinkedTestUser) => Promise<string>;

const newest = async (owner: LinkedTestUser, path: string): Promise<string> => {
  const { body } = await owner.browser.get(path);
  return body.items[0].id as string;
};

/** The key of the bot that the makers below play music with. */
export const BOT_KEY = 'bot-key-of-the-tests-0123456789abcdef';
export const SOMEBODY = '80351110224678912';

const GUILD = '613425648685547541';

/** A track that the bot plays while this person listens. */
async function startPlayback(app: TestApp, discordUserId: string): Promise<string> {
  const { body } = await app
    .browser()
    .with({ 'x-bot-key': BOT_KEY })
    .post('/voice/playbacks', {
      eventId: newId(),
      guildId: GUILD,
      channelId: '613425648685547545',
      artist: 'The Examples',
      title: 'One',
      durationSeconds: 240,
      startedAt: app.clock.now().toISOString(),
      listeners: [{ discordUserId }],
    });
  return body.id as string;
}

/** As linking Discord in the settings does. */
export async function giveDiscord(app: TestApp, { id }: LinkedTestUser, discordUserId: string): Promise<void> {
  await app.sql('delete from identity where subject = $1', [discordUserId]);
  await app.sql(
    `insert into identity (id, user_id, kind, subject, name, created_at) values ($1, $2, 'discord', $3, 'ada', now())`,
    [newId(), id, discordUserId],
  );
}

/** How to make what an address with an id stands for, by the part of the address before the id. */
const MAKERS: Record<string, Maker> = {
  '/me/identities': (_app, owner) => newest(owner, '/me/identities'),
  '/me/logins': (_app, owner) => newest(owner, '/me/logins'),
  '/me/tokens': (_app, owner) => newest(owner, '/me/tokens'),
  '/me/merges': async (app, owner) => (await ProposedMerge.of(app, owner, await app.create.user())).id,
  '/playlists': async (app, owner) => (await app.create.playlist(owner)).id,
  '/playlists/imports': async (app, owner) => {
    const id = newId();
    await app.sql(
      `insert into playlist_import (id, user_id, purpose, state, platform, source_id, url, title, track_total, tracks_read,
                                    next, failures, created_at)
       values ($1, $2, 'import', 'reading', 'spotify', 'one', 'https://open.spotify.com/playlist/one', 'One', 10, 0, 0, 0, $3)`,
      [id, owner.id, app.clock.now()],
    );
    return id;
  },
  '/scrobbles': async (_app, owner) => {
    const { body } = await owner.browser.post('/scrobbles', track('One'));
    return body.items[0].id as string;
  },
  '/scrobbles/imports': async (_app, owner) => {
    const form = new FormData();
    form.append('preview', 'true');
    form.append('file', new Blob(['time,artist,track\n1768400000,The Examples,One\n']), 'history.csv');
    const { body } = await owner.browser.upload('/scrobbles/import', form);
    return body.importId as string;
  },
  '/voice/playbacks': (app) => startPlayback(app, SOMEBODY),
  '/voice/decisions': async (app, owner) => {
    await giveDiscord(app, owner, SOMEBODY);
    return startPlayback(app, SOMEBODY);
  },
  '/voice/rooms': async (app, owner) => {
    await giveDiscord(app, owner, SOMEBODY);
    await startPlayback(app, SOMEBODY);
    await app.decide();
    return GUILD;
  },
  '/scrobble-runs': async (app, owner) => {
    const { body } = await owner.browser.post('/scrobble-runs', {
      playlistId: (await app.create.playlist(owner)).id,
      pace: { kind: 'interval', minutes: 1 },
      order: 'sequential',
      repeat: false,
    });
    return body.id as string;
  },
};

/** The part of an address before its id. */
function resourceOf(path: string): string {
  return path.slice(0, path.indexOf('/{'));
}

/** @throws Error that says what is missing, for an address nobody has said it of */
export async function makeOwned(app: TestApp, owner: LinkedTestUser, path: string): Promise<string> {
  const maker = MAKERS[resourceOf(path)];
  if (!maker) {
    throw new Error(
      `Nothing proves that ${path} is closed to other people. Say in test/support/owned-resources.ts how to make a ${resourceOf(path)} of a user.`,
    );
  }
  return maker(app, owner);
}
