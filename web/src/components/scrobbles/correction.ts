import type { Scrobble, ScrobbleCorrection } from '../../api/models';
import { formatLength } from '../../ui/format';

const DAY_SECONDS = 86_400;
const LENGTH = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})$/;

/** A scrobble's names while they are being corrected: what is empty is absent. */
export interface CorrectionDraft {
  artist: string;
  title: string;
  album: string;
  albumArtist: string;
  /** As a person writes it: 3:05. */
  durationSeconds: string;
}

export function toDraft({ artist, title, album, albumArtist, durationSeconds }: Scrobble): CorrectionDraft {
  return {
    artist,
    title,
    album: album ?? '',
    albumArtist: albumArtist ?? '',
    durationSeconds: durationSeconds === null ? '' : formatLength(durationSeconds),
  };
}

/** Seconds of "3:05", "1:02:03" or "185"; null for nothing, undefined for what is no length. */
export function parseLength(text: string): number | null | undefined {
  if (text.trim() === '') {
    return null;
  }
  const parts = LENGTH.exec(text.trim());
  if (!parts) {
    return undefined;
  }
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const isClock = parts[2] === undefined || Number(seconds) < 60;
  return isClock && total >= 1 && total <= DAY_SECONDS ? total : undefined;
}

/** Only what differs from what was sent; null where something is taken away. */
export function correctionOf(scrobble: Scrobble, draft: CorrectionDraft): ScrobbleCorrection {
  const { artist, title, ...optional } = draft;
  const wanted = {
    artist: artist.trim(),
    title: title.trim(),
    album: optional.album.trim() || null,
    albumArtist: optional.albumArtist.trim() || null,
    durationSeconds: parseLength(optional.durationSeconds) ?? null,
  };
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== scrobble[name]).map((name) => [name, wanted[name]]),
  );
}
