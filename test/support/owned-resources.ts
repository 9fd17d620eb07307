import { newId, type PlaybackId } from '../../src/common/ids.js';
import { OWN_PLAYER, Playbacks } from '../../src/modules/voice/index.js';
import { track, type LinkedTestUser } from '../factories/factory.js';
import { ProposedMerge } from './proposed-merge.js';
import type { TestApp } from './test-app.js';

/** Makes one thing of this user. @returns its id */
type Maker = (app: TestApp, owner: LinkedTestUser) => Promise<string>;

const newest = async (owner: LinkedTestUser, path: string): Promise<string> => {
  const { body } = await owner.browser.get(path);
  return body.items[0].id as string;
};

const GUILD = '613425648685547541';

/** Something plays in a room in which this user is. */
async function hear(app: TestApp, { id }: LinkedTestUser): Promise<PlaybackId> {
  const discordUserId = String(BigInt(`0x${id.replaceAll('-', '').slice(-14)}`));
  await app.sql(
    `insert into identity (id, user_id, kind, subject, name, created_at) values ($1, $2, 'discord', $3, 'ada', now())`,
    [newId(), id, discordUserId],
  );
  const playback = await app.get(Playbacks).start(OWN_PLAYER, {
    ...{ eventId: newId(), at: app.clock.now(), guildId: GUILD, guildName: null, channelId: GUILD, channelName: null },
    ...{ artist: 'Air', title: 'La Femme', album: null, durationSeconds: 240, requestedBy: null },
    listeners: [{ discordUserId, isDeafened: false }],
  });
  await app.decide();
  return playback.id;
}

/** How to make what an address with an id stands for, by the part of the address before the id. */
const MAKERS: Record<string, Maker> = {
  '/me/identities': (_app, owner) => newest(owner, '/me/identities'),
  '/me/logins': (_app, owner) => newest(owner, '/me/logins'),
  '/me/tokens': (_app, owner) => newest(owner, '/me/tokens'),
  '/me/merges': async (app, owner) => (await ProposedMerge.of(app, owner, await app.create.user())).id,
  '/playlists': async (app, owner) => (await app.create.playlist(owner)).id,
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
  '/voice/decisions': (app, owner) => hear(app, owner),
  '/voice/rooms': async (app, owner) => {
    await hear(app, owner);
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
