import type { Seen } from '../../voice/index.js';

/** The parts of a voice state that matter here. The library changes the object itself when something happens. */
interface State {
  readonly id: string;
  readonly channelId: string | null;
  readonly deaf: boolean | null;
  readonly member: { readonly user: { readonly bot: boolean } } | null;
}

type ChangeEvent =
  { kind: 'joined'; listener: Seen } | { kind: 'left' | 'deafened' | 'undeafened'; discordUserId: string };

/** What somebody did, to be looked at from any channel. */
export interface VoiceChange {
  /** Null: nothing that concerns this channel. */
  eventIn(channelId: string): ChangeEvent | null;
}

/** Copies what changed; null for bots, which are nobody. */
export function changeOf(before: State, after: State): VoiceChange | null {
  if (after.member?.user.bot === true) {
    return null;
  }
  const discordUserId = after.id;
  const [from, to] = [before.channelId, after.channelId];
  const [wasDeaf, isDeaf] = [before.deaf === true, after.deaf === true];
  return {
    eventIn: (channelId) => {
      if (from !== channelId && to === channelId) {
        return { kind: 'joined', listener: { discordUserId, isDeafened: isDeaf } };
      }
      if (from === channelId && to !== channelId) {
        return { kind: 'left', discordUserId };
      }
      if (to === channelId && wasDeaf !== isDeaf) {
        return { kind: isDeaf ? 'deafened' : 'undeafened', discordUserId };
      }
      return null;
    },
  };
}

/** Copies who is where; without bots. */
export function seenIn(states: Iterable<State>): Array<{ channelId: string | null; seen: Seen }> {
  return [...states]
    .filter(({ member }) => member?.user.bot !== true)
    .map(({ id, channelId, deaf }) => ({ channelId, seen: { discordUserId: id, isDeafened: deaf === true } }));
}
