import { ApiError } from '../protocol/api-error.js';
import { element, list, texts, type Child, type Element } from '../protocol/element.js';
import { read, type ApiMethod, type MethodCall } from './api-method.js';
import { correctedArtist } from './corrections.js';
import { albumUrl, artistUrl, images, trackUrl } from './music-links.js';
import { albumArtistOf, byAlbum, byTrack, tally, type KeyOf, type Tally } from './tally.js';

/** The duration is in milliseconds here, and nowhere else. */
function getTrackInfo(call: MethodCall): Child[] {
  const [artist, track] = [requestedArtist(call), call.params.require('track')];
  const found = requireTally(call, byTrack, `${artist}\n${track}`, 'Track not found');
  const { example, durationSeconds } = found;
  return [
    element('track', [
      ...texts({ name: example.track, mbid: '', url: trackUrl(example.artist, example.track) }),
      element('duration', String(durationSeconds * 1000)),
      element('streamable', '0', { fulltrack: '0' }),
      ...popularity(found),
      element('artist', texts({ name: example.artist, mbid: '', url: artistUrl(example.artist) })),
      ...albumOf(found),
      ...personalPart(call, found),
      element('toptags', [list('tag', [])]),
    ]),
  ];
}

/** The tracks are those that have been scrobbled from the album; durations are numbers of seconds, or null. */
function getAlbumInfo(call: MethodCall): Child[] {
  const [artist, album] = [requestedArtist(call), call.params.require('album')];
  const key = `${artist}\n${album}`;
  const found = requireTally(call, byAlbum, key, 'Album not found');
  const name = found.example.album ?? '';
  const albumArtist = albumArtistOf(found.example);
  const ofThisAlbum: KeyOf = (play) => (byAlbum(play)?.toLowerCase() === key.toLowerCase() ? byTrack(play) : null);
  return [
    element('album', [
      ...texts({ name, artist: albumArtist, mbid: '', url: albumUrl(albumArtist, name) }),
      images(5),
      ...popularity(found),
      element('tracks', [list('track', tally(call.state.users, ofThisAlbum).map(albumTrack))]),
      element('tags', ''),
    ]),
  ];
}

function albumTrack({ example: { artist, track }, durationSeconds }: Tally, index: number): Element {
  return element(
    'track',
    [
      element('streamable', '0', { fulltrack: '0' }),
      element('duration', durationSeconds === 0 ? null : durationSeconds),
      ...texts({ url: trackUrl(artist, track), name: track }),
      element('artist', texts({ url: artistUrl(artist), name: artist, mbid: '' })),
    ],
    { rank: index + 1 },
  );
}

function popularity({ listeners, playcount }: Tally): Child[] {
  return texts({ listeners: String(listeners.size), playcount: String(playcount) });
}

function albumOf({ example }: Tally): Child[] {
  const { album: title } = example;
  if (title === null) {
    return [];
  }
  const artist = albumArtistOf(example);
  return [element('album', [...texts({ artist, title, mbid: '', url: albumUrl(artist, title) }), images(4)])];
}

/** What the user named by `username`, if there is one, has to do with the track. */
function personalPart({ state, params }: MethodCall, { example }: Tally): Child[] {
  const user = state.findUser(params.find('username') ?? '');
  if (!user) {
    return [];
  }
  const key = byTrack(example)?.toLowerCase();
  const plays = user.history.inOrderOfArrival.filter((play) => byTrack(play)?.toLowerCase() === key);
  const userloved = user.hasLoved(example.artist, example.track) ? '1' : '0';
  return texts({ userplaycount: String(plays.length), userloved });
}

function requestedArtist({ params }: MethodCall): string {
  const artist = params.require('artist');
  return params.find('autocorrect') === '1' ? correctedArtist(artist).text : artist;
}

/** What nobody has scrobbled is not known: error 6, on a 200 as Last.fm does it for albums. */
function requireTally({ state }: MethodCall, keyOf: KeyOf, key: string, notFound: string): Tally {
  const wanted = key.toLowerCase();
  const [found] = tally(state.users, (play) => (keyOf(play)?.toLowerCase() === wanted ? wanted : null));
  if (!found) {
    throw new ApiError(6, notFound, 200);
  }
  return found;
}

export const musicInfoMethods: Readonly<Record<string, ApiMethod>> = {
  'track.getinfo': read(getTrackInfo),
  'album.getinfo': read(getAlbumInfo),
};
