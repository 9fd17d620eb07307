import type { EndReason } from '../threshold/playback-fact.js';

/** Someone in the channel; bots are nobody. */
export interface Seen {
  discordUserId: string;
  /** Deafened by themselves or by the server: they hear nothing. */
  isDeafened: boolean;
}

interface Told {
  /** The player's own name for it: told twice, it counts once. */
  eventId: string;
  at: Date;
}

/** What a player tells of a playback that is under way. */
export type PlayerEvent = Told &
  (
    | { kind: 'paused' | 'resumed' | 'node_failed' }
    | { kind: 'seeked'; positionSeconds: number }
    | { kind: 'ended'; because: EndReason }
    | { kind: 'joined'; listener: Seen }
    | { kind: 'left' | 'deafened' | 'undeafened'; discordUserId: string }
    /** The player is in another channel now, with these people. */
    | { kind: 'moved'; channelId: string; channelName: string | null; listeners: readonly Seen[] }
    /** The player was away. `since`: until when it saw the music play; null: when it last told us anything. */
    | { kind: 'returned'; since: Date | null; listeners: readonly Seen[] }
  );

/** A track starts to play. */
export interface PlaybackStart extends Told {
  guildId: string;
  guildName: string | null;
  channelId: string;
  channelName: string | null;
  artist: string;
  title: string;
  album: string | null;
  /** Null: unknown, as of a stream. */
  durationSeconds: number | null;
  /** The Discord user who chose it; null: nobody in particular. */
  requestedBy: string | null;
  /** Everyone in the channel. */
  listeners: readonly Seen[];
}
