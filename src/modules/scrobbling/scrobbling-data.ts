import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Clock } from '../../common/clock.js';
import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import {
  type UserDataCount,
  type UserDataHolder,
  type UserMerge,
  UserDataRegistry,
} from '../../common/user-data/user-data-registry.js';
import { LedgerMoves } from './merging/ledger-moves.service.js';

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'scrobbles',
    about: 'every play, and what became of it on its way to Last.fm.',
    columns: {
      id: 'scrobble.id',
      artist: 'scrobble.artist',
      title: 'scrobble.title',
      album: 'scrobble.album',
      albumArtist: 'scrobble.album_artist',
      durationSeconds: 'scrobble.duration_seconds',
      playedAt: 'scrobble.played_at',
      source: 'scrobble.source',
      provenance: 'scrobble.provenance',
      chosenByUser: 'scrobble.chosen_by_user',
      runId: 'scrobble.run_id',
      importId: 'scrobble.import_id',
      recordedAt: 'scrobble.created_at',
      destination: 'delivery.destination',
      state: 'delivery.state',
      reason: 'delivery.reason',
      verdictCode: 'delivery.verdict_code',
      verdictMessage: 'delivery.verdict_message',
      corrected: 'delivery.corrected',
      attempts: 'delivery.attempts',
      nextAttemptAt: 'delivery.next_attempt_at',
      deadlineAt: 'delivery.deadline_at',
      duplicateOf: 'delivery.duplicate_of',
      sentAt: 'delivery.sent_at',
      missingSince: 'delivery.missing_since',
      settledAt: 'delivery.settled_at',
    },
    from: `scrobble left join delivery on delivery.user_id = scrobble.user_id and delivery.scrobble_id = scrobble.id
            where scrobble.user_id = $1`,
    orderBy: 'scrobble.played_at, scrobble.id, delivery.destination',
  },
  {
    name: 'scrobble-corrections',
    about: 'scrobbles you sent again, and what they were called before.',
    columns: {
      scrobbleId: 'scrobble_id',
      previousState: 'previous_state',
      previousReason: 'previous_reason',
      verdictCode: 'verdict_code',
      verdictMessage: 'verdict_message',
      namesBefore: 'names_before',
      resentAt: 'resent_at',
    },
    from: 'scrobble_resend where user_id = $1',
    orderBy: 'resent_at, id',
  },
  {
    name: 'auto-scrobbles',
    about: 'the playlists you auto-scrobbled, and how far they came.',
    columns: {
      id: 'id',
      playlistId: 'playlist_id',
      playlistTitle: 'playlist_title',
      state: 'state',
      pausedReason: 'paused_reason',
      pace: 'pace',
      intervalMinutes: 'interval_minutes',
      order: 'track_order',
      repeat: 'repeat',
      pass: 'pass',
      position: 'position',
      trackCount: 'track_count',
      nextPlayAt: 'next_play_at',
      lastPlayedAt: 'last_played_at',
      gapSeconds: 'gap_seconds',
      startedAt: 'started_at',
      finishedAt: 'finished_at',
    },
    from: 'scrobble_run where user_id = $1',
    orderBy: 'started_at, id',
  },
  {
    name: 'delivery-queue',
    about: 'how your scrobbles wait for Last.fm, and how many it took today.',
    columns: {
      destination: 'destination',
      nextAttemptAt: 'next_attempt_at',
      parkedUntil: 'parked_until',
      failures: 'failures',
      account: 'budget_account',
      day: 'budget_day::text',
      sentThatDay: 'sent_today',
      learnedCap: 'learned_cap',
      learnedOn: 'learned_on::text',
    },
    from: 'delivery_lane where user_id = $1',
    orderBy: 'destination',
  },
  {
    name: 'brought-histories',
    about: 'the listening histories you brought, and what became of them.',
    columns: {
      id: 'id',
      fileName: 'file_name',
      state: 'state',
      format: 'format',
      timeZone: 'time_zone',
      sendRecent: 'send_recent',
      rowsDone: 'rows_done',
      preview: 'preview',
      failure: 'failure',
      removed: 'removed',
      createdAt: 'created_at',
      finishedAt: 'finished_at',
    },
    from: 'scrobble_import where user_id = $1',
    orderBy: 'created_at, id',
  },
  {
    name: 'spotify-listening',
    about: 'whether what you hear at Spotify is scrobbled.',
    columns: { since: 'enabled_at', nextLookAt: 'due_at', heard: 'heard', announced: 'announced', problem: 'problem' },
    from: 'spotify_listening where user_id = $1',
    orderBy: 'user_id',
  },
];

/** What scrobbling keeps about users: runs, imports, the ledger with its deliveries, and lanes. */
@Injectable()
export class ScrobblingData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(
    private readonly registry: UserDataRegistry,
    private readonly moves: LedgerMoves,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query('delete from spotify_listening where user_id = $1', [userId]);
    await manager.query('delete from scrobble_run where user_id = $1', [userId]);
    await manager.query('delete from scrobble_import where user_id = $1', [userId]);
    await manager.query('delete from scrobble where user_id = $1', [userId]);
    await manager.query('delete from delivery_lane where user_id = $1', [userId]);
    await manager.query('delete from ledger_move where into_user_id = $1', [userId]);
  }

  /** The lane has gone with its account by now: see `QueueMerges`. */
  async mergeInto(manager: EntityManager, merge: UserMerge): Promise<void> {
    await this.moves.move(manager, merge);
    await this.moveImports(manager, merge);
    // Whose Spotify account stays is settled elsewhere: whoever stays says for themselves whether it is listened to.
    await manager.query('delete from spotify_listening where user_id = $1', [merge.fromUserId]);
  }

  /** An import that is not over is cancelled: its job knows it by the former user. What it has recorded has moved. */
  private async moveImports(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(
      `delete from scrobble_import_chunk c using scrobble_import i where i.id = c.import_id and i.user_id = $1`,
      [fromUserId],
    );
    await manager.query(
      `update scrobble_import set user_id = $2, finished_at = coalesce(finished_at, $3),
              state = case when finished_at is null or state = 'undoing' then 'cancelled' else state end
        where user_id = $1`,
      [fromUserId, intoUserId, this.clock.now()],
    );
  }

  async countFor(manager: EntityManager, userId: UserId): Promise<UserDataCount[]> {
    const rows: UserDataCount[] = await manager.query(
      `select 'scrobbles' as what, count(*)::int as count from scrobble where user_id = $1
       union all select 'runs', count(*)::int from scrobble_run where user_id = $1`,
      [userId],
    );
    return rows;
  }
}
