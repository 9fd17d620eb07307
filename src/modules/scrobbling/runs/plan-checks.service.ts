import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { newId, type ScrobbleId, type UserId } from '../../../common/ids.js';
import { matchKey, type PlaylistTrack } from '../../playlists/index.js';
import { LASTFM } from '../delivery/delivery-state.js';
import { DuplicateFinder } from '../ledger/duplicate-finder.js';

export const PLAY_WARNINGS = ['too_short', 'ignored_before', 'same_play', 'same_second'] as const;
/**
 * What speaks against a planned play: under 30 seconds, which Last.fm does not count as a scrobble by its rules; filtered by Last.fm before; it would be recorded as a duplicate;
 * another scrobble has its second.
 */
export type PlayWarning = (typeof PLAY_WARNINGS)[number];

/** By Last.fm's rules a track must be longer (PROTOCOLS 1.9); it may take one all the same. */
const SHORTEST_SECONDS = 30;

interface PlayToCheck {
  track: PlaylistTrack;
  playAt: Date;
}

/** Looks at planned plays with what the ledger knows, by the rules it will record them with. Writes nothing. */
@Injectable()
export class PlanChecks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly duplicates: DuplicateFinder,
  ) {}

  /** @returns for each play, in order, what speaks against it */
  async check(userId: UserId, plays: readonly PlayToCheck[]): Promise<PlayWarning[][]> {
    const [ignored, taken, duplicates] = await Promise.all([
      this.findIgnored(userId, plays),
      this.findTakenSeconds(userId, plays),
      this.findDuplicates(userId, plays),
    ]);
    return plays.map(({ track, playAt }, index) => {
      const found: Record<PlayWarning, boolean> = {
        too_short: track.durationSeconds !== null && track.durationSeconds < SHORTEST_SECONDS,
        ignored_before: ignored.has(matchKey(track.artist, track.title)),
        same_play: duplicates[index] !== undefined,
        same_second: duplicates[index] === undefined && taken.has(playAt.getTime()),
      };
      return PLAY_WARNINGS.filter((warning) => found[warning]);
    });
  }

  /** Which of the tracks Last.fm has filtered before, for their artist (1) or their title (2). */
  private async findIgnored(userId: UserId, plays: readonly PlayToCheck[]): Promise<Set<string>> {
    const keys = new Set(plays.map(({ track }) => matchKey(track.artist, track.title)));
    const rows: Array<{ match_key: string }> = await this.dataSource.query(
      `select distinct s.match_key
         from scrobble s join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.destination = $2
        where s.user_id = $1 and s.match_key = any($3::text[]) and d.state = 'ignored' and d.verdict_code in (1, 2)`,
      [userId, LASTFM, [...keys]],
    );
    return new Set(rows.map((row) => row.match_key));
  }

  private async findTakenSeconds(userId: UserId, plays: readonly PlayToCheck[]): Promise<Set<number>> {
    const rows: Array<{ played_at: Date }> = await this.dataSource.query(
      'select played_at from scrobble where user_id = $1 and played_at = any($2::timestamptz[])',
      [userId, plays.map(({ playAt }) => playAt)],
    );
    return new Set(rows.map((row) => row.played_at.getTime()));
  }

  private findDuplicates(userId: UserId, plays: readonly PlayToCheck[]): Promise<Array<ScrobbleId | undefined>> {
    return this.duplicates.find(
      this.dataSource.manager,
      plays.map(({ track, playAt }) => ({ ...track, userId, playedAt: playAt })),
      plays.map(() => newId() as ScrobbleId),
    );
  }
}
