import { element, list, texts, type Child } from '../protocol/element.js';
import { read, write, type ApiMethod, type CallOfUser, type MethodCall } from './api-method.js';
import { correctedArtist } from './corrections.js';
import { artistUrl, images, trackUrl } from './music-links.js';
import { Paging } from './paging.js';
import { dateElement, requireReadable } from './user-reads.js';

const DEFAULT_LIMIT = 50;

function love({ state, caller, params, at }: CallOfUser): Child[] {
  const loved = { username: caller.name, ...trackOf(params), at: at.getTime() };
  state.record({ kind: 'loved', ...loved });
  return [];
}

function unlove({ state, caller, params }: CallOfUser): Child[] {
  state.record({ kind: 'unloved', username: caller.name, ...trackOf(params) });
  return [];
}

/** Loved last comes first. */
function getLovedTracks(call: MethodCall): Child[] {
  const user = requireReadable(call);
  const paging = Paging.read(call.params, DEFAULT_LIMIT);
  const loved = user.lovedNewestFirst();
  const tracks = paging
    .sliceOf(loved)
    .map(({ artist, track, lovedAt }) =>
      element('track', [
        element('artist', texts({ name: artist, mbid: '', url: artistUrl(artist) })),
        ...texts({ name: track, mbid: '', url: trackUrl(artist, track) }),
        dateElement(Math.floor(lovedAt.getTime() / 1000)),
        element('streamable', '0', { fulltrack: '0' }),
        images(4),
      ]),
    );
  return [element('lovedtracks', [list('track', tracks)], paging.attributesOf(user.name, loved.length))];
}

function trackOf(params: CallOfUser['params']): { artist: string; track: string } {
  return { artist: correctedArtist(params.require('artist')).text, track: params.require('track') };
}

export const loveMethods: Readonly<Record<string, ApiMethod>> = {
  'track.love': write(love),
  'track.unlove': write(unlove),
  'user.getlovedtracks': read(getLovedTracks),
};
