import type { MusicQueue, QueueEntry } from '../../voice/index.js';

/** What happens to the music of a server. */
export type MusicNews = { guildId: string } & (
  | { kind: 'started'; queue: MusicQueue; entry: QueueEntry }
  | { kind: 'paused' }
  | { kind: 'resumed' }
  | { kind: 'node-lost' }
  /** Whether the node or we were away: the music goes on from where it was. */
  | { kind: 'returned' }
  /** The node has just said that it plays. */
  | { kind: 'plays-on' }
  | { kind: 'seeked'; positionMs: number }
  | { kind: 'moved'; voiceChannelId: string }
  | { kind: 'ended'; because: 'finished' | 'skipped' | 'failed' }
  /** The bot is out of the channel, and the queue forgotten. */
  | { kind: 'left'; queue: MusicQueue; because: 'stopped' | 'disconnected' }
);
