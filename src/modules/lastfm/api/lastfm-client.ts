import { Injectable } from '@nestjs/common';
import { z } from 'zod';

import { CallBudget } from '../call-budget/call-budget.service.js';
import type { CallPermit } from '../call-budget/call-permit.js';
import { LastfmUnavailableError } from '../lastfm.errors.js';
import type { LastfmFailure } from './error-matrix.js';
import { LastfmCallError } from './lastfm-call-error.js';
import { LastfmHttp } from './lastfm-http.js';
import { matchVerdicts } from './match-verdicts.js';
import {
  nowPlayingReply,
  recentTracksReply,
  scrobbleReply,
  sessionReply,
  tokenReply,
  trackSearchReply,
  userInfoReply,
} from './replies.js';
import { type AnnouncedTrack, announcementParams, type ScrobbledTrack, scrobbleParams } from './scrobble-params.js';
import { TrafficHalts } from './traffic-halts.js';

const RECENT_PAGE = 200;
const INVALID_SIGNATURE = 13;

/** Last.fm's verdict on one scrobble. Code 0: accepted; the others: `meaningOfVerdict`. */
export interface ScrobbleVerdict {
  code: number;
  message: string;
  /** The names as Last.fm corrected them, where it did. For show only: never fed back into what we send. */
  corrected: Partial<Record<'artist' | 'title' | 'album' | 'albumArtist', string>> | null;
}

export interface RecentTrack {
  artist: string;
  title: string;
  /** Unix seconds. */
  uts: number;
}

export interface LastfmProfile {
  url: string | null;
  imageUrl: string | null;
  playcount: number;
}

/** A track that Last.fm knows, with its page there. */
interface LastfmTrack {
  artist: string;
  title: string;
  url: string | null;
}

type Verdicts = z.output<typeof scrobbleReply>['scrobbles']['scrobble'];

/**
 * The Last.fm methods we use, one call each. Every method wants a permit of the call budget, so that nothing can go
 * around it, and throws LastfmCallError.
 */
@Injectable()
export class LastfmClient {
  constructor(
    private readonly http: LastfmHttp,
    private readonly halts: TrafficHalts,
    private readonly callBudget: CallBudget,
  ) {}

  /** `auth.getSession`: trades the approved token, once, for a session key that does not expire. */
  async getSession(_permit: CallPermit, token: string): Promise<{ username: string; sessionKey: string }> {
    return this.call('auth.getSession', { token }, sessionReply);
  }

  async getUserInfo(_permit: CallPermit, sessionKey: string, username: string): Promise<LastfmProfile> {
    const { user } = await this.call('user.getInfo', { user: username, sk: sessionKey }, userInfoReply);
    const imageUrl = user.image.at(-1)?.['#text'];
    return { url: user.url ?? null, imageUrl: imageUrl === '' ? null : (imageUrl ?? null), playcount: user.playcount };
  }

  /** `track.scrobble`: at most 50 plays of one account, oldest first. @returns one verdict a track, in order */
  async scrobble(
    _permit: CallPermit,
    sessionKey: string,
    tracks: readonly ScrobbledTrack[],
  ): Promise<ScrobbleVerdict[]> {
    const params = { ...scrobbleParams(tracks), sk: sessionKey };
    const reply = await this.call('track.scrobble', params, scrobbleReply, { itemCount: tracks.length });
    const sent = tracks.map(({ playedAt }) => Math.floor(playedAt.getTime() / 1000));
    const verdicts = matchVerdicts(sent, reply.scrobbles.scrobble);
    if (!verdicts) {
      throw LastfmCallError.bare('other-scrobbles');
    }
    return verdicts.map((verdict) => toVerdict(verdict));
  }

  /** `track.updateNowPlaying`: kept for nobody, so there is nothing to repeat when it fails. @returns code 0: shown */
  async updateNowPlaying(
    _permit: CallPermit,
    sessionKey: string,
    track: AnnouncedTrack,
  ): Promise<{ code: number; message: string }> {
    const reply = await this.call(
      'track.updateNowPlaying',
      { ...announcementParams(track), sk: sessionKey },
      nowPlayingReply,
    );
    const { code, '#text': message } = reply.nowplaying.ignoredMessage;
    return { code, message };
  }

  /**
   * `user.getRecentTracks` of the account itself, signed with its key so that a private profile answers too.
   * @param from @param to unix seconds, both included
   * @param mostPages of 200 tracks each
   * @returns null when there are more pages
   */
  async getRecentTracks(
    permits: () => Promise<CallPermit>,
    account: { username: string; sessionKey: string },
    from: number,
    to: number,
    mostPages: number,
  ): Promise<RecentTrack[] | null> {
    const found: RecentTrack[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      await permits();
      const { recenttracks } = await this.call(
        'user.getRecentTracks',
        {
          user: account.username,
          sk: account.sessionKey,
          limit: String(RECENT_PAGE),
          page: String(page),
          // One second more on each side: whether the bounds are included is not documented.
          from: String(from - 1),
          to: String(to + 1),
        },
        recentTracksReply,
      );
      pages = recenttracks['@attr'].totalPages;
      if (pages > mostPages) {
        return null;
      }
      for (const { name, artist, date } of recenttracks.track) {
        if (date && date.uts >= from && date.uts <= to) {
          found.push({ artist: artist['#text'], title: name, uts: date.uts });
        }
      }
    }
    return found;
  }

  /** `track.search`, the best first. @param signal ends the call when nobody waits for it any more */
  async searchTracks(
    _permit: CallPermit,
    { text, limit }: { text: string; limit: number },
    signal: AbortSignal,
  ): Promise<LastfmTrack[]> {
    const params = { track: text, limit: String(limit) };
    const { results } = await this.call('track.search', params, trackSearchReply, { signal });
    return results.trackmatches.track
      .filter(({ name, artist }) => name !== '' && artist !== '')
      .map(({ name, artist, url }) => ({ artist, title: name, url: url ?? null }));
  }

  /** Every call goes through here, so that no halt depends on who made it. */
  private async call<Schema extends z.ZodType>(
    method: string,
    params: Readonly<Record<string, string>>,
    reply: Schema,
    { itemCount = 1, signal }: { itemCount?: number; signal?: AbortSignal } = {},
  ): Promise<z.output<Schema>> {
    try {
      return await this.http.call(method, params, reply, signal);
    } catch (error) {
      if (!(error instanceof LastfmCallError)) {
        throw error;
      }
      const judged = error.code === INVALID_SIGNATURE ? await this.judgeSignature(error, itemCount) : error;
      await this.halts.raiseFor(judged);
      throw judged;
    }
  }

  /**
   * One item can spoil the signature of a whole batch: that is no reason to stop everyone, but to find the item. Of a call
   * with a single one another signed call tells whether it is the item's fault or the operator's.
   */
  private async judgeSignature(error: LastfmCallError, itemCount: number): Promise<LastfmCallError> {
    const failure = itemCount > 1 ? 'refused' : await this.failureBehindSignature();
    return new LastfmCallError(failure, error.code, error.message, { cause: error });
  }

  /**
   * `auth.getToken` has nothing but the signature to be refused for. Without an answer nothing is proved: the call had no
   * effect, and is made again.
   */
  private async failureBehindSignature(): Promise<LastfmFailure> {
    try {
      await this.callBudget.acquire();
      await this.http.call('auth.getToken', {}, tokenReply);
      return 'refused';
    } catch (error) {
      if (error instanceof LastfmCallError) {
        return error.failure === 'operator' ? 'operator' : 'not-sent';
      }
      if (error instanceof LastfmUnavailableError) {
        return 'not-sent';
      }
      throw error;
    }
  }
}

function toVerdict({ ignoredMessage, artist, track, album, albumArtist }: Verdicts[number]): ScrobbleVerdict {
  const corrected = Object.entries({ artist, title: track, album, albumArtist })
    .filter(([, name]) => name.corrected === '1')
    .map(([field, name]) => [field, name['#text']] as const);
  return {
    code: ignoredMessage.code,
    message: ignoredMessage['#text'],
    corrected: corrected.length > 0 ? Object.fromEntries(corrected) : null,
  };
}
