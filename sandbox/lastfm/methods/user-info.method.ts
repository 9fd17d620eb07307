import { ApiError } from '../protocol/api-error.js';
import { element, list, texts, type Child } from '../protocol/element.js';
import type { SandboxUser } from '../state/sandbox-user.js';
import { read, type ApiMethod, type MethodCall } from './api-method.js';
import { requireUser } from './user-reads.js';

const IMAGE_SIZES = ['small', 'medium', 'large', 'extralarge'];

/** Public even when the listening is private. Without `user` it is about whoever signed the call. */
function getInfo(call: MethodCall): Child[] {
  const user = call.params.find('user') === null ? requireCaller(call) : requireUser(call);
  const counts = user.history.distinctCounts();
  const registered = Math.floor(user.registeredAt.getTime() / 1000);
  return [
    element('user', [
      ...texts({
        name: user.name,
        realname: '',
        url: `${call.origin}/user/${user.name}`,
        country: 'None',
        age: '0',
        gender: 'n',
        subscriber: '0',
        playcount: String(counts.scrobbles),
        playlists: '0',
        bootstrap: '0',
        artist_count: String(counts.artists),
        album_count: String(counts.albums),
        track_count: String(counts.tracks),
        type: 'user',
      }),
      list(
        'image',
        IMAGE_SIZES.map((size) => element('image', '', { size })),
      ),
      element('registered', registered, { unixtime: String(registered) }),
    ]),
  ];
}

function requireCaller({ caller }: MethodCall): SandboxUser {
  if (!caller) {
    throw ApiError.invalidParameter('user');
  }
  return caller;
}

export const userInfoMethods: Readonly<Record<string, ApiMethod>> = { 'user.getinfo': read(getInfo) };
