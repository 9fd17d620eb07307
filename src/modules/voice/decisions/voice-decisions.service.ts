import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';

import type { Page } from '../../../common/http/paging.js';
import type { PlaybackId, ScrobbleId, UserId } from '../../../common/ids.js';
import { Clock } from '../../../common/clock.js';
import { Identities } from '../../auth/index.js';
import { ScrobbleHistory, type ScrobbleRecord } from '../../scrobbling/index.js';
import { AlreadyDecidedError, PlaybackNotFoundError } from '../voice.errors.js';
import type { DecisionReason } from './decision-reason.js';
import { VoiceDecision } from './voice-decision.entity.js';

/** A decision together with what it is about, and where its scrobble stands. */
export interface ExplainedDecision {
  playbackId: PlaybackId;
  guildId: string;
  guildName: string | null;
  channelId: string;
  channelName: string | null;
  artist: string;
  title: string;
  album: string | null;
  durationSeconds: number | null;
  startedAt: Date;
  reason: DecisionReason;
  decidedAt: Date | null;
  scrobbleId: ScrobbleId | null;
  /** Null: there is none, or it has been deleted since. */
  scrobble: ScrobbleRecord | null;
}

export interface DecisionQuery {
  guildId?: string | undefined;
  limit: number;
  offset: number;
}

/** Why something was or was not scrobbled: every listener of every playback has a decision. */
@Injectable()
export class VoiceDecisions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly identities: Identities,
    private readonly history: ScrobbleHistory,
    private readonly clock: Clock,
  ) {}

  /** A user's playbacks, the latest first, each with its reason. Empty for someone without Discord. */
  async list(userId: UserId, query: DecisionQuery): Promise<Page<ExplainedDecision>> {
    const people = await this.discordIdsOf(userId);
    const condition = `d.discord_user_id = any($1::text[]) and ($2::text is null or p.guild_id = $2)`;
    const params = [people, query.guildId ?? null];
    const rows: Array<Omit<ExplainedDecision, 'scrobble'>> = await this.dataSource.query(
      `select p.id as "playbackId", p.guild_id as "guildId", g.name as "guildName", p.channel_id as "channelId",
              p.channel_name as "channelName", p.artist, p.title, p.album, p.duration_seconds as "durationSeconds",
              p.started_at as "startedAt", d.reason, d.decided_at as "decidedAt", d.scrobble_id as "scrobbleId"
         from voice_decision d join playback p on p.id = d.playback_id
         left join guild_settings g on g.guild_id = p.guild_id
        where ${condition} order by p.started_at desc, p.id desc limit $3 offset $4`,
      [...params, query.limit, query.offset],
    );
    const [{ total }] = await this.dataSource.query<[{ total: number }]>(
      `select count(*)::int as total from voice_decision d join playback p on p.id = d.playback_id where ${condition}`,
      params,
    );
    const ids = rows.flatMap(({ scrobbleId }) => (scrobbleId === null ? [] : [{ userId, id: scrobbleId }]));
    const scrobbles = ids.length > 0 ? await this.history.findOutcomes(ids) : new Map<ScrobbleId, ScrobbleRecord>();
    const items = rows.map((row) => ({
      ...row,
      scrobble: scrobbles.get(row.scrobbleId ?? ('' as ScrobbleId)) ?? null,
    }));
    return { items, total };
  }

  /**
   * "Not this track": it is not scrobbled for this user.
   * @throws PlaybackNotFoundError when they were not there
   * @throws AlreadyDecidedError when it is too late
   */
  async decline(userId: UserId, playbackId: PlaybackId): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // Whoever decides holds the playback: it is decided before, or sees this.
      await manager.query('select from playback where id = $1 for update', [playbackId]);
      const people = await this.discordIdsOf(userId, manager);
      const decisions = await manager.findBy(VoiceDecision, { playbackId, discordUserId: In(people) });
      if (decisions.length === 0) {
        throw new PlaybackNotFoundError();
      }
      const pending = decisions.filter(({ decidedAt }) => decidedAt === null);
      if (pending.length === 0) {
        throw new AlreadyDecidedError();
      }
      await manager.update(
        VoiceDecision,
        { playbackId, discordUserId: In(pending.map((one) => one.discordUserId)) },
        { reason: 'not_this_track', decidedAt: this.clock.now() },
      );
    });
  }

  /** What stands so far for everyone who was in a playback. */
  listOn(playbackId: PlaybackId): Promise<VoiceDecision[]> {
    return this.findWithin(this.dataSource.manager, [playbackId]);
  }

  /** The decisions on these playbacks, as a transaction of the caller sees them. */
  findWithin(manager: EntityManager, playbackIds: readonly PlaybackId[]): Promise<VoiceDecision[]> {
    return manager.findBy(VoiceDecision, { playbackId: In(playbackIds) });
  }

  /** Writes new ones, and over old ones, in one statement. */
  async write(manager: EntityManager, decisions: readonly VoiceDecision[]): Promise<void> {
    if (decisions.length === 0) {
      return;
    }
    await manager.query(
      `insert into voice_decision (playback_id, discord_user_id, reason, decided_at, scrobble_id)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[])
       on conflict (playback_id, discord_user_id) do update
          set reason = excluded.reason, decided_at = excluded.decided_at, scrobble_id = excluded.scrobble_id`,
      [
        decisions.map(({ playbackId }) => playbackId),
        decisions.map(({ discordUserId }) => discordUserId),
        decisions.map(({ reason }) => reason),
        decisions.map(({ decidedAt }) => decidedAt),
        decisions.map(({ scrobbleId }) => scrobbleId),
      ],
    );
  }

  /** Who a user is on Discord; voice channels know people by that alone. */
  async discordIdsOf(userId: UserId, manager: EntityManager = this.dataSource.manager): Promise<string[]> {
    const identities = await this.identities.listWithin(manager, userId);
    return identities.filter(({ kind }) => kind === 'discord').map(({ subject }) => subject);
  }
}
