import type { DiscordUser } from './discord-user.js';
import { ALL_PERMISSIONS, MEMBER_PERMISSIONS } from './permissions.js';

const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'voice';
}

/** Where somebody is in voice. Each change is a new object. */
export interface VoiceState {
  readonly channelId: string | null;
  readonly isSelfDeafened: boolean;
  readonly isDeafened: boolean;
  readonly connectionId: string;
}

export interface Member {
  readonly user: DiscordUser & { bot?: boolean };
  readonly roleIds: string[];
  voice: VoiceState | null;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
}

/** A server of Discord's: its channels, members and who is in which voice channel. */
export class Guild {
  readonly channels: Channel[] = [];
  readonly members = new Map<string, Member>();
  readonly roles: Role[];

  constructor(
    readonly id: string,
    readonly name: string,
    private readonly ownerId: string,
  ) {
    this.roles = [{ id, name: '@everyone', permissions: MEMBER_PERMISSIONS }];
  }

  add(user: Member['user'], roleIds: string[] = []): Member {
    const member = { user, roleIds, voice: null };
    this.members.set(user.id, member);
    return member;
  }

  requireChannel(kind: Channel['kind'], name?: string): Channel {
    const channel = this.channels.find((each) => each.kind === kind && (name === undefined || each.name === name));
    if (!channel) {
      throw new Error(`${this.name} has no ${kind} channel ${name ?? ''}.`);
    }
    return channel;
  }

  permissionsOf({ user, roleIds }: Member): bigint {
    if (user.id === this.ownerId) {
      return ALL_PERMISSIONS;
    }
    return this.roles
      .filter(({ id }) => id === this.id || roleIds.includes(id))
      .reduce((all, { permissions }) => all | permissions, 0n);
  }

  /** As GUILD_CREATE tells it. */
  toJson(): object {
    return {
      ...GUILD_DEFAULTS,
      id: this.id,
      name: this.name,
      owner_id: this.ownerId,
      member_count: this.members.size,
      roles: this.roles.map((role, position) => roleJson(role, position)),
      members: [...this.members.values()].map((member) => memberJson(member)),
      channels: this.channels.map((channel, position) => this.channelJson(channel, position)),
      voice_states: [...this.members.values()].filter(({ voice }) => voice?.channelId).map((each) => voiceJson(each)),
    };
  }

  channelJson(channel: Channel, position = 0): object {
    const { id, name, kind } = channel;
    const base = { id, name, position, guild_id: this.id, permission_overwrites: [], parent_id: null, nsfw: false };
    return kind === 'text'
      ? { ...base, type: 0, topic: null, rate_limit_per_user: 0, last_message_id: null }
      : { ...base, type: 2, bitrate: 64_000, user_limit: 0, rtc_region: null };
  }

  /** As VOICE_STATE_UPDATE tells it. */
  voiceUpdate(member: Member): object {
    return { guild_id: this.id, member: memberJson(member), ...voiceJson(member) };
  }
}

export function memberJson({ user, roleIds }: Member): object {
  return {
    user,
    nick: null,
    avatar: null,
    roles: roleIds,
    joined_at: JOINED_AT,
    premium_since: null,
    pending: false,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

function voiceJson({ user, voice }: Member): object {
  return {
    user_id: user.id,
    channel_id: voice?.channelId ?? null,
    session_id: voice?.connectionId ?? '',
    deaf: voice?.isDeafened ?? false,
    mute: false,
    self_deaf: voice?.isSelfDeafened ?? false,
    self_mute: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
}

function roleJson({ id, name, permissions }: Role, position: number): object {
  const looks = { color: 0, hoist: false, managed: false, mentionable: false, flags: 0 };
  return { id, name, permissions: String(permissions), position, ...looks };
}

/** What every server has and no test is about. */
const GUILD_DEFAULTS = {
  unavailable: false,
  large: false,
  icon: null,
  splash: null,
  discovery_splash: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  premium_progress_bar_enabled: false,
  system_channel_flags: 0,
  system_channel_id: null,
  rules_channel_id: null,
  public_updates_channel_id: null,
  preferred_locale: 'en-US',
  features: [],
  emojis: [],
  stickers: [],
  joined_at: JOINED_AT,
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
};
