import type { SlashCommandContext } from 'necord';

import { NotInVoiceChannelError, OutsideServerError } from './music.errors.js';

/** The parts of a command or a pressed button that say who is where. */
export type Asked = Pick<SlashCommandContext[0], 'guild' | 'user' | 'memberPermissions' | 'channelId'>;

/** Somebody who asks for something, and the people around them, as it is at this moment. */
export interface Room {
  readonly guildId: string;
  readonly textChannelId: string;
  readonly userId: string;
  readonly voiceChannelId: string;
  /** People in their voice channel who hear anything, themselves included. */
  readonly listeners: readonly string[];
  readonly isManager: boolean;
  readonly roleIds: readonly string[];
}

/**
 * @param playsIn the channel in which the music plays, if any: only who is there may change it
 * @throws OutsideServerError, NotInVoiceChannelError
 */
export function roomOf({ guild, user, memberPermissions, channelId }: Asked, playsIn: string | null): Room {
  if (!guild) {
    throw new OutsideServerError();
  }
  const states = [...guild.voiceStates.cache.values()];
  const own = states.find(({ id }) => id === user.id);
  const voiceChannelId = own?.channelId;
  if (!voiceChannelId || (playsIn !== null && voiceChannelId !== playsIn)) {
    throw new NotInVoiceChannelError(playsIn !== null);
  }
  const here = states.filter((state) => state.channelId === voiceChannelId && state.member?.user.bot !== true);
  return {
    guildId: guild.id,
    textChannelId: channelId,
    userId: user.id,
    voiceChannelId,
    listeners: here.filter(({ deaf }) => deaf !== true).map(({ id }) => id),
    isManager: memberPermissions?.has('ManageGuild') ?? false,
    roleIds: own.member?.roles.cache.map(({ id }) => id) ?? [],
  };
}

/** Whether somebody may do what others would have to live with. */
export function isDj({ isManager, roleIds, listeners }: Room, djRoleId: string | null): boolean {
  return isManager || listeners.length <= 1 || (djRoleId !== null && roleIds.includes(djRoleId));
}
