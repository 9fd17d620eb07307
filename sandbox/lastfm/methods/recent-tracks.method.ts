import { element, list, texts, type Child, type Element } from '../protocol/element.js';
import type { SandboxScrobble } from '../state/sandbox-scrobble.js';
import type { SandboxUser } from '../state/sandbox-user.js';
import { read, type ApiMethod, type MethodCall } from './api-method.js';
import { artistUrl, images, trackUrl } from './music-links.js';
import { Paging } from './paging.js';
import { dateElement, requireReadable } from './user-reads.js';

const DEFAULT_LIMIT = 50;

type PlayedTrack = Pick<SandboxScrobble, 'artist' | 'track' | 'album'>;

/**
 * Newest first. `from` is inclusive and `to` exclusive, so that consecutive ranges neither overlap nor leave a gap. The
 * track playing now comes first on every page, whatever the range, and counts neither as part of `limit` nor of `total`.
 */
function getRecentTracks(call: MethodCall): Child[] {
  const user = requireReadable(call);
  const { params, at } = call;
  const paging = Paging.read(params, DEFAULT_LIMIT);
  const plays = shown(user.history.between(params.findInteger('from'), params.findInteger('to')), call);
  const end = plays.length - paging.offset;
  const page = plays.slice(Math.max(0, end - paging.limit), Math.max(0, end)).reverse();
  const describe = params.find('extended') === '1' ? extendedTrack : plainTrack;
  const tracks = page.map((play) => element('track', [...describe(play, user), dateElement(play.timestamp)]));
  const playing = user.nowPlayingAt(at);
  if (playing) {
    tracks.unshift(element('track', describe(playing, user), { nowplaying: 'true' }));
  }
  return [element('recenttracks', [list('track', tracks)], paging.attributesOf(user.name, plays.length))];
}

function shown(plays: readonly SandboxScrobble[], { at, lagSeconds }: MethodCall): readonly SandboxScrobble[] {
  const until = at.getTime() - lagSeconds * 1000;
  return lagSeconds === 0 ? plays : plays.filter(({ receivedAt }) => receivedAt.getTime() <= until);
}

function plainTrack(played: PlayedTrack): Child[] {
  return [element('artist', played.artist, { mbid: '' }), ...commonPart(played)];
}

function extendedTrack(played: PlayedTrack, user: SandboxUser): Child[] {
  const { artist, track } = played;
  return [
    element('artist', [...texts({ name: artist, mbid: '', url: artistUrl(artist) }), images(4)]),
    ...commonPart(played),
    element('loved', user.hasLoved(artist, track) ? '1' : '0'),
  ];
}

function commonPart({ artist, track, album }: PlayedTrack): Child[] {
  const albumElement: Element = element('album', album ?? '', { mbid: '' });
  return [albumElement, ...texts({ name: track, mbid: '', url: trackUrl(artist, track), streamable: '0' }), images(4)];
}

export const recentTracksMethods: Readonly<Record<string, ApiMethod>> = {
  'user.getrecenttracks': read(getRecentTracks),
};
