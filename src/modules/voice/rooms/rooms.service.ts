import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { UserId } from '../../../common/ids.js';
import { VoiceDecisions } from '../decisions/voice-decisions.service.js';
import { RoomNotFoundError } from '../voice.errors.js';

/** A server in which someone was while something played. */
export interface Room {
  guildId: string;
  guildName: string | null;
  lastPlayedAt: Date;
  channels: Array<{ channelId: string; channelName: string | null }>;
}

/** How often a track played in a room, and for how many: counts, never names. */
interface RecapTrack {
  artist: string;
  title: string;
  album: string | null;
  durationSeconds: number | null;
  plays: number;
  /** So many different people heard some of it. */
  listeners: number;
  /** All of them together. */
  heardSeconds: number;
  firstPlayedAt: Date;
}

export interface Recap {
  tracks: RecapTrack[];
  /** So many different people heard anything. */
  listeners: number;
}

export interface RecapQuery {
  guildId: string;
  /** Null: all channels. */
  channelId: string | null;
  since: Date;
}

const MOST_TRACKS = 500;

/** What of a recap's playbacks counts: they are over, and one of these people was there; null: anyone. */
const WHICH = `
  p.guild_id = $1 and ($2::text is null or p.channel_id = $2) and p.started_at >= $3 and p.ended_at is not null
  and ($4::text[] is null or exists (
    select from voice_decision d where d.playback_id = p.id and d.discord_user_id = any($4::text[])))`;

/** What has played in rooms, told without saying who was there. */
@Injectable()
export class Rooms {
  constructor(
    private readonly dataSource: DataSource,
    private readonly decisions: VoiceDecisions,
  ) {}

  /** The servers in which a user was, the latest first, with the channels in which they were. */
  async list(userId: UserId): Promise<Room[]> {
    return this.dataSource.query(
      `select c.guild_id as "guildId", g.name as "guildName", max(c.last_at) as "lastPlayedAt",
              jsonb_agg(jsonb_build_object('channelId', c.channel_id, 'channelName', c.name) order by c.last_at desc)
                as channels
         from (select p.guild_id, p.channel_id, max(p.started_at) as last_at,
                      (array_agg(p.channel_name order by p.started_at desc))[1] as name
                 from voice_decision d join playback p on p.id = d.playback_id
                where d.discord_user_id = any($1::text[]) group by p.guild_id, p.channel_id) as c
         left join guild_settings g on g.guild_id = c.guild_id
        group by c.guild_id, g.name order by max(c.last_at) desc`,
      [await this.decisions.discordIdsOf(userId)],
    );
  }

  /** The recap of everything that a user was there for. @throws RoomNotFoundError when that is nothing at all */
  async recapFor(userId: UserId, query: RecapQuery): Promise<Recap> {
    const rooms = await this.list(userId);
    if (!rooms.some(({ guildId }) => guildId === query.guildId)) {
      throw new RoomNotFoundError();
    }
    return this.summarize(query, await this.decisions.discordIdsOf(userId));
  }

  /** The recap of a room, for the room itself. */
  recap(query: RecapQuery): Promise<Recap> {
    return this.summarize(query, null);
  }

  private async summarize({ guildId, channelId, since }: RecapQuery, people: string[] | null): Promise<Recap> {
    const params = [guildId, channelId, since, people];
    const tracks: RecapTrack[] = await this.dataSource.query(
      `select p.artist, p.title, max(p.album) as album, max(p.duration_seconds) as "durationSeconds",
              count(distinct p.id)::int as plays,
              (count(distinct v.discord_user_id) filter (where v.heard_seconds > 0))::int as listeners,
              coalesce(sum(v.heard_seconds), 0)::int as "heardSeconds", min(p.started_at) as "firstPlayedAt"
         from playback p left join presence v on v.playback_id = p.id
        where ${WHICH} group by p.artist, p.title order by min(p.started_at), p.title limit ${MOST_TRACKS}`,
      params,
    );
    const [{ listeners }] = await this.dataSource.query<[{ listeners: number }]>(
      `select count(distinct v.discord_user_id)::int as listeners
         from playback p join presence v on v.playback_id = p.id where ${WHICH} and v.heard_seconds > 0`,
      params,
    );
    return { tracks, listeners };
  }
}
