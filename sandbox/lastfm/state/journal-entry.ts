import { z } from 'zod';

const scrobble = z.object({
  artist: z.string(),
  track: z.string(),
  album: z.string().nullable(),
  albumArtist: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  timestamp: z.number(),
  chosenByUser: z.boolean(),
});
/** Unix milliseconds. */
const at = z.number();
const username = z.string();

/** One thing that happened and must survive a restart. */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token-issued'), token: z.string(), at }),
  z.object({ kind: z.literal('token-approved'), token: z.string(), username, at }),
  z.object({ kind: z.literal('key-created'), key: z.string(), username, token: z.string().nullable(), at }),
  z.object({ kind: z.literal('key-revoked'), key: z.string() }),
  z.object({ kind: z.literal('scrobbled'), username, scrobbles: z.array(scrobble), at }),
  z.object({ kind: z.literal('loved'), username, artist: z.string(), track: z.string(), at }),
  z.object({ kind: z.literal('unloved'), username, artist: z.string(), track: z.string() }),
]);

export type JournalEntry = z.infer<typeof journalEntry>;
