import { randomBytes } from 'node:crypto';

import type { Guild, Member, VoiceState } from './guild.js';

type Tell = (event: string, data: unknown, guildId: string) => void;

/** Who is in which voice channel; every change is told to the bot as Discord tells it. */
export class Voice {
  constructor(private readonly tell: Tell) {}

  /** Joins, moves, leaves (null), deafens. */
  change(guild: Guild, member: Member, change: Partial<VoiceState>): void {
    const fresh = { channelId: null, isSelfDeafened: false, isDeafened: false };
    const base = member.voice ?? { ...fresh, connectionId: randomBytes(16).toString('hex') };
    member.voice = { ...base, ...change };
    this.tell('VOICE_STATE_UPDATE', guild.voiceUpdate(member), guild.id);
    if (member.voice.channelId === null) {
      member.voice = null;
    }
  }

  /** What the bot asked for over the gateway. Where it connects to its voice server, it is told one. */
  changeBot(guild: Guild, bot: Member, wish: Omit<VoiceState, 'isDeafened'>): void {
    const { channelId, connectionId } = wish;
    const isNew = channelId !== bot.voice?.channelId || connectionId !== bot.voice.connectionId;
    this.change(guild, bot, wish);
    if (channelId !== null && isNew) {
      this.tellServer(guild);
    }
  }

  /** Discord moves voice servers now and then, also while music plays. */
  tellServer(guild: Guild): void {
    const data = { token: randomBytes(8).toString('hex'), guild_id: guild.id, endpoint: 'voice.sandbox.invalid:443' };
    this.tell('VOICE_SERVER_UPDATE', data, guild.id);
  }
}
