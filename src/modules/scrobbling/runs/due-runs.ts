import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Transaction } from '../../../events/unit-of-work.js';
import { PlaylistsService } from '../../playlists/index.js';
import { ScrobbleRun } from './scrobble-run.entity.js';

/** Of its window a tick needs the current track and the next one, however long the window is. */
const NEXT_TRACKS = `jsonb_path_query_array(upcoming, '$[$from to $to]',
  jsonb_build_object('from', window_position, 'to', window_position + 1))`;

/** Reads and writes the runs of one batch of a tick, in one statement each. */
@Injectable()
export class DueRuns {
  constructor(private readonly playlists: PlaylistsService) {}

  /** At most so many, each for the caller alone until its transaction ends: others get other runs. */
  async claim({ manager }: Transaction, where: string, now: Date, most: number): Promise<ScrobbleRun[]> {
    const rows: ScrobbleRun[] = await manager.query(
      `select ${selectList(manager)} from scrobble_run where ${where}
        order by next_due_at limit $2 for update skip locked`,
      [now, most],
    );
    return rows.map((row) => Object.assign(new ScrobbleRun(), row));
  }

  /** Gives those whose window is used up the next tracks of their playlists. @returns those that got a new window */
  async refill({ manager }: Transaction, runs: readonly ScrobbleRun[], now: Date): Promise<Set<ScrobbleRun>> {
    const refilled = new Set(runs.filter(({ needsTracks }) => needsTracks));
    for (const run of refilled) {
      const tracks = run.playlistId && (await this.playlists.findTracks(manager, run.playlistId));
      run.refill(tracks, now);
    }
    return refilled;
  }

  /** @param refilled those whose window is a new one: that of the others stays as it lies in the table */
  async write(
    { manager }: Transaction,
    runs: readonly ScrobbleRun[],
    refilled: ReadonlySet<ScrobbleRun>,
  ): Promise<void> {
    const rows = runs.map((run) => Object.assign({}, run, { upcoming: refilled.has(run) ? run.upcoming : null }));
    await manager.query(
      `update scrobble_run r
          set state = n.state, paused_reason = n."pausedReason", resumes_at = n."resumesAt", pass = n.pass,
              position = n.position, track_count = n."trackCount", upcoming = coalesce(n.upcoming, r.upcoming),
              window_position = n."windowPosition" + case when n.upcoming is null then r.window_position else 0 end,
              next_play_at = n."nextPlayAt", next_due_at = n."nextDueAt", last_played_at = n."lastPlayedAt",
              gap_seconds = n."gapSeconds", last_gap_from = n."lastGapFrom", last_gap_until = n."lastGapUntil",
              finished_at = n."finishedAt"
         from jsonb_to_recordset($1::jsonb) as n (id uuid, state text, "pausedReason" text, "resumesAt" timestamptz,
           pass int, position int, "trackCount" int, upcoming jsonb, "windowPosition" int, "nextPlayAt" timestamptz,
           "nextDueAt" timestamptz, "lastPlayedAt" timestamptz, "gapSeconds" int, "lastGapFrom" timestamptz,
           "lastGapUntil" timestamptz, "finishedAt" timestamptz)
        where r.id = n.id`,
      [JSON.stringify(rows)],
    );
  }
}

/** Every column by the name of its property; the window begins at the current track. */
function selectList({ dataSource }: EntityManager): string {
  const expressions: Record<string, string> = { upcoming: NEXT_TRACKS, windowPosition: '0' };
  return dataSource
    .getMetadata(ScrobbleRun)
    .columns.map(
      ({ propertyName, databaseName }) => `${expressions[propertyName] ?? databaseName} as "${propertyName}"`,
    )
    .join(', ');
}
