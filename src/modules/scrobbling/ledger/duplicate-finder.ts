import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { ScrobbleId } from '../../../common/ids.js';
import { matchKey } from '../../playlists/index.js';
import { isSamePlay, SAME_PLAY_SECONDS, shorterOf } from './duplicate-rule.js';
import type { Play } from './play.js';

/** What of a play decides whether it is a duplicate. */
export type SightedPlay = Pick<Play, 'userId' | 'artist' | 'title' | 'playedAt' | 'durationSeconds'>;

/** Of these the ledger keeps a record, but they never reached Last.fm, or are a copy themselves. */
const NO_ORIGINAL = ['duplicate', 'cancelled', 'failed', 'ignored', 'expired'];

interface Original {
  id: ScrobbleId;
  playedAtSeconds: number;
  durationSeconds: number | null;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** Finds, for each play, the scrobble it is a second sighting of. The lanes must be locked: then nobody else writes. */
@Injectable()
export class DuplicateFinder {
  /** @returns for each play the id of its original, earlier ones of the same list included, or undefined */
  async find(
    manager: EntityManager,
    plays: readonly SightedPlay[],
    ids: readonly ScrobbleId[],
  ): Promise<Array<ScrobbleId | undefined>> {
    const keys = plays.map(({ userId, artist, title }) => `${userId} ${matchKey(artist, title)}`);
    const known = await this.recorded(manager, plays, keys);
    return plays.map((play, index) => {
      const key = keys[index] ?? '';
      const originals = known.get(key) ?? [];
      const found = originals.find(({ playedAtSeconds, durationSeconds }) =>
        isSamePlay(seconds(play.playedAt) - playedAtSeconds, shorterOf(play.durationSeconds, durationSeconds)),
      );
      const id = ids[index];
      if (!found && id !== undefined) {
        known.set(key, [...originals, { id, ...originalOf(play) }]);
      }
      return found?.id;
    });
  }

  private async recorded(
    manager: EntityManager,
    plays: readonly SightedPlay[],
    keys: readonly string[],
  ): Promise<Map<string, Original[]>> {
    const rows: Array<{ key: string; id: ScrobbleId; playedAt: Date; durationSeconds: number | null }> =
      await manager.query(
        `select p.key, s.id, s.played_at as "playedAt", s.duration_seconds as "durationSeconds"
         from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as p (user_id, match_key, played_at, key)
         join scrobble s on s.user_id = p.user_id and s.match_key = p.match_key
          and s.played_at between p.played_at - make_interval(secs => $5) and p.played_at + make_interval(secs => $5)
         join delivery d on d.user_id = s.user_id and d.scrobble_id = s.id and d.state <> all($6::text[])`,
        [
          plays.map(({ userId }) => userId),
          plays.map(({ artist, title }) => matchKey(artist, title)),
          plays.map(({ playedAt }) => playedAt),
          keys,
          SAME_PLAY_SECONDS,
          NO_ORIGINAL,
        ],
      );
    const known = new Map<string, Original[]>();
    for (const { key, id, ...play } of rows) {
      known.set(key, [...(known.get(key) ?? []), { id, ...originalOf(play) }]);
    }
    return known;
  }
}

function originalOf({
  playedAt,
  durationSeconds,
}: Pick<SightedPlay, 'playedAt' | 'durationSeconds'>): Omit<Original, 'id'> {
  return { playedAtSeconds: seconds(playedAt), durationSeconds };
}
