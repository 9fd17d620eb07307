import { z } from 'zod';

/** Something that happened in a player, or to a node. */
export type PlayerFact =
  | { kind: 'started'; guildId: string; entryId: string }
  | { kind: 'ended'; guildId: string; entryId: string; isFinished: boolean; isFailed: boolean }
  | { kind: 'stuck'; guildId: string; entryId: string }
  | { kind: 'position'; guildId: string; positionMs: number }
  /** With the servers whose music it played. */
  | { kind: 'node-lost'; guildIds: readonly string[] }
  | { kind: 'node-ready'; isResumed: boolean };

const track = z.object({ userData: z.object({ entryId: z.string() }) });
const base = { op: z.literal('event'), guildId: z.string() };

const message = z.union([
  z.object({ ...base, type: z.literal('TrackStartEvent'), track }),
  z.object({ ...base, type: z.literal('TrackEndEvent'), track, reason: z.string() }),
  z.object({ ...base, type: z.literal('TrackStuckEvent'), track }),
  z.object({
    op: z.literal('playerUpdate'),
    guildId: z.string(),
    state: z.object({ position: z.number(), connected: z.boolean() }),
  }),
]);

/**
 * Reads a message of Lavalink's; null where it says nothing that we go by.
 * @see https://lavalink.dev/api/websocket
 */
export function toFact(payload: unknown): PlayerFact | null {
  const parsed = message.safeParse(payload);
  if (!parsed.success) {
    return null;
  }
  const { data } = parsed;
  const { guildId } = data;
  if (data.op === 'playerUpdate') {
    return { kind: 'position', guildId, positionMs: data.state.position };
  }
  const { entryId } = data.track.userData;
  switch (data.type) {
    case 'TrackStartEvent':
      return { kind: 'started', guildId, entryId };
    case 'TrackStuckEvent':
      return { kind: 'stuck', guildId, entryId };
    case 'TrackEndEvent':
      return {
        kind: 'ended',
        guildId,
        entryId,
        isFinished: data.reason === 'finished',
        isFailed: data.reason === 'loadFailed',
      };
  }
}
