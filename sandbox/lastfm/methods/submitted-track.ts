import { ApiError } from '../protocol/api-error.js';
import { element, type Element } from '../protocol/element.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';
import { correctedArtist, uncorrected, type Corrected } from './corrections.js';

const FILTERED_ARTISTS = new Set(['va', 'various artists + more']);
const MIN_DURATION_SECONDS = 30;

export type VerdictCode = 0 | 1 | 2 | 3 | 4 | 5;

const VERDICT_TEXTS: Readonly<Record<number, string>> = {
  0: '',
  1: 'Artist was ignored',
  2: 'Track was ignored',
  3: 'Timestamp was too old',
  4: 'Timestamp was too new',
  5: 'Daily scrobble limit exceeded',
};

/** A track as a client submitted it, to be scrobbled or as playing now. */
export class SubmittedTrack {
  private constructor(
    readonly artist: Corrected,
    readonly track: string,
    readonly album: string | null,
    readonly albumArtist: string | null,
    readonly durationSeconds: number | null,
  ) {}

  /** `suffix` is `[0]` to `[49]`, or empty in the plain notation. */
  static read(params: FlatParameters, suffix: string): SubmittedTrack {
    return new SubmittedTrack(
      correctedArtist(submitted(params, `artist${suffix}`)),
      submitted(params, `track${suffix}`),
      optional(params, `album${suffix}`),
      optional(params, `albumArtist${suffix}`),
      params.findInteger(`duration${suffix}`),
    );
  }

  /** 1 for an artist that Last.fm filters, 2 for a track that is shorter than 30 seconds or has no title. */
  filterVerdict(): VerdictCode {
    const artists = [this.artist.text, this.albumArtist ?? ''];
    if (this.artist.text === '' || artists.some((artist) => FILTERED_ARTISTS.has(artist.toLowerCase()))) {
      return 1;
    }
    return this.track === '' || (this.durationSeconds ?? Infinity) < MIN_DURATION_SECONDS ? 2 : 0;
  }

  toElements(verdict: number): Element[] {
    return [
      corrected('track', uncorrected(this.track)),
      corrected('artist', this.artist),
      corrected('album', uncorrected(this.album)),
      corrected('albumArtist', uncorrected(this.albumArtist)),
      element('ignoredMessage', VERDICT_TEXTS[verdict] ?? '', { code: String(verdict) }),
    ];
  }
}

/** A parameter that is not there is an error of the call; one that is blank is only ignored, with the rest accepted. */
function submitted(params: FlatParameters, name: string): string {
  const value = params.find(name);
  if (value === null) {
    throw ApiError.invalidParameter(name);
  }
  return value.trim();
}

function optional(params: FlatParameters, name: string): string | null {
  const value = params.find(name)?.trim() ?? '';
  return value === '' ? null : value;
}

function corrected(name: string, { text, isCorrected }: Corrected): Element {
  return element(name, text, { corrected: isCorrected ? '1' : '0' });
}
