import { element, type Child } from '../protocol/element.js';
import { write, type ApiMethod, type CallOfUser } from './api-method.js';
import { SubmittedTrack } from './submitted-track.js';

/** The newest announcement takes the place of the one before. It is not kept over a restart. */
function updateNowPlaying({ caller, params, at, imposed }: CallOfUser): Child[] {
  const submitted = SubmittedTrack.read(params, '');
  const verdict = imposed && (imposed.index ?? 0) === 0 ? imposed.code : submitted.filterVerdict();
  if (verdict === 0) {
    caller.announce({
      artist: submitted.artist.text,
      track: submitted.track,
      album: submitted.album,
      albumArtist: submitted.albumArtist,
      durationSeconds: submitted.durationSeconds,
      announcedAt: at,
    });
  }
  return [element('nowplaying', submitted.toElements(verdict))];
}

export const nowPlayingMethods: Readonly<Record<string, ApiMethod>> = {
  'track.updatenowplaying': write(updateNowPlaying),
};
