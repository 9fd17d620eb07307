import { randomBytes } from 'node:crypto';

import type { Guild, Member, VoiceState } from './guild.js';

type Tell = (event: string, data: unknown, guildId: string) => void;

/** Who is in which voice channel; every change is told to the bot as Discord tells it. */
export class Voice {
  constructor(private readonly tell: Tell) {}

  /** Joins, moves, leaves (null), deafens. */
  change(guild: Guild, member: Member, change: Partial<Omit<VoiceState, 'connectionId'>>): void {
    const before = member.voice;
    const base = before ?? { channelId: null, isSelfDeafened: false, isDeafened: false, connectionId: '' };
    const joins = base.channelId === null;
    const connectionId = joins ? randomBytes(16).toString('hex') : base.connectionId;
    member.voice = { ...base, ...change, connectionId };
    this.tell('VOICE_STATE_UPDATE', guild.voiceUpdate(member), guild.id);
    if (member.voice.channelId === null) {
      member.voice = null;
    }
  }

  /** What the bot asked for over the gateway. Where it connects to its voice server, it is told one. */
  changeBot(guild: Guild, bot: Member, channelId: string | null, isSelfDeafened: boolean): void {
    const isElsewhere = channelId !== null && channelId !== bot.voice?.channelId;
    this.change(guild, bot, { channelId, isSelfDeafened });
    if (isElsewhere) {
      this.tellServer(guild);
    }
  }

  /** Discord moves voice servers now and then, also while music plays. */
  tellServer(guild: Guild): void {
    const data = { token: randomBytes(8).toString('hex'), guild_id: guild.id, endpoint: 'voice.sandbox.invalid:443' };
    this.tell('VOICE_SERVER_UPDATE', data, guild.id);
  }
}
