import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { UserId } from '../../common/ids.js';
import type { ExportedTable } from '../../common/user-data/exported-table.js';
import { type UserDataHolder, type UserMerge, UserDataRegistry } from '../../common/user-data/user-data-registry.js';

/** The user's Discord ids: what voice channels saw of people is kept by these, whether or not they have an account here. */
const PEOPLE = `select subject from identity where user_id = $1 and kind = 'discord'`;

const EXPORTED: readonly ExportedTable[] = [
  {
    name: 'voice-decisions',
    about: 'what played in voice channels while you were there, and why it was scrobbled or not.',
    columns: {
      guildId: 'p.guild_id',
      channelId: 'p.channel_id',
      artist: 'p.artist',
      title: 'p.title',
      album: 'p.album',
      startedAt: 'p.started_at',
      endedAt: 'p.ended_at',
      reason: 'd.reason',
      decidedAt: 'd.decided_at',
      scrobbleId: 'd.scrobble_id',
    },
    from: `voice_decision d join playback p on p.id = d.playback_id where d.discord_user_id in (${PEOPLE})`,
    orderBy: 'p.started_at, p.id',
  },
  {
    name: 'voice-presences',
    about: 'when you were in voice channels while something played.',
    columns: {
      guildId: 'p.guild_id',
      channelId: 'p.channel_id',
      title: 'p.title',
      joinedAt: 'v.joined_at',
      leftAt: 'v.left_at',
      heardSeconds: 'v.heard_seconds',
    },
    from: `presence v join playback p on p.id = v.playback_id where v.discord_user_id in (${PEOPLE})`,
    orderBy: 'v.joined_at, p.id',
  },
  {
    name: 'voice-consents',
    about: 'from which Discord servers and channels you allow scrobbles.',
    columns: {
      guildId: 'guild_id',
      channelId: 'channel_id',
      isAllowed: 'is_allowed',
      until: 'until',
      changedAt: 'changed_at',
    },
    from: 'voice_consent where user_id = $1',
    orderBy: 'guild_id, channel_id',
  },
  {
    name: 'voice-consent-log',
    about: 'what you allowed and forbade there, and when.',
    columns: {
      guildId: 'guild_id',
      channelId: 'channel_id',
      isAllowed: 'is_allowed',
      until: 'until',
      changedAt: 'changed_at',
    },
    from: 'voice_consent_change where user_id = $1',
    orderBy: 'changed_at, id',
  },
  {
    name: 'voice-failures',
    about: 'scrobbles from voice channels that Last.fm did not take, as whoever runs the bot sees them.',
    columns: {
      scrobbleId: 'scrobble_id',
      guildId: 'guild_id',
      channelId: 'channel_id',
      artist: 'artist',
      title: 'title',
      state: 'state',
      reason: 'reason',
      message: 'message',
      createdAt: 'created_at',
      postedAt: 'posted_at',
    },
    from: 'bot_log_entry where user_id = $1',
    orderBy: 'created_at, id',
  },
];

/** What voice channels have seen of users, and what they allow. */
@Injectable()
export class VoiceData implements UserDataHolder, OnModuleInit {
  readonly exported = EXPORTED;

  constructor(private readonly registry: UserDataRegistry) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** The events of a playback stay; they forget that this person was there. */
  async eraseFor(manager: EntityManager, userId: UserId): Promise<void> {
    await manager.query(
      `update playback_event e set listeners = array(select unnest(listeners) except ${PEOPLE}),
              deafened = array(select unnest(deafened) except ${PEOPLE})
         from voice_decision d where d.playback_id = e.playback_id and d.discord_user_id in (${PEOPLE})`,
      [userId],
    );
    await manager.query(
      `update playback p set requested_by = null from voice_decision d
        where d.playback_id = p.id and d.discord_user_id in (${PEOPLE}) and p.requested_by in (${PEOPLE})`,
      [userId],
    );
    for (const table of ['voice_decision', 'presence']) {
      await manager.query(`delete from ${table} where discord_user_id in (${PEOPLE})`, [userId]);
    }
    for (const table of ['voice_consent', 'voice_consent_change', 'bot_log_entry']) {
      await manager.query(`delete from ${table} where user_id = $1`, [userId]);
    }
  }

  /** What is kept by Discord ids goes where the identity goes. Of two choices for one place that of the one who stays counts. */
  async mergeInto(manager: EntityManager, { fromUserId, intoUserId }: UserMerge): Promise<void> {
    await manager.query(
      `delete from voice_consent f using voice_consent i
        where f.user_id = $1 and i.user_id = $2 and i.guild_id = f.guild_id and i.channel_id = f.channel_id`,
      [fromUserId, intoUserId],
    );
    for (const table of ['voice_consent', 'voice_consent_change', 'bot_log_entry']) {
      await manager.query(`update ${table} set user_id = $2 where user_id = $1`, [fromUserId, intoUserId]);
    }
  }
}
