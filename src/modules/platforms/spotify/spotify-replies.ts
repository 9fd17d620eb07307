import { z } from 'zod';

export const spotifyProfile = z.object({ id: z.string().min(1).max(200), display_name: z.string().nullish() });

const contents = z.object({ total: z.number().int().min(0) }).nullish();

export const spotifyPlaylist = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  collaborative: z.boolean().default(false),
  owner: z.object({ id: z.string() }),
  /** Only for those who may read it; called `tracks` before 2026. */
  items: contents,
  tracks: contents,
});

export const spotifyPlaylists = z.object({ items: z.array(spotifyPlaylist.nullable()), next: z.string().nullish() });

/** Names may be missing, null or blank. */
const words = z
  .string()
  .nullish()
  .transform((text) => text?.trim() ?? '');

const named = z
  .object({ name: words })
  .nullish()
  .transform((of) => of?.name ?? '');

const spotifyTrack = z
  .object({
    name: words,
    type: words,
    artists: z
      .array(named)
      .nullish()
      .transform((names) => names?.[0] ?? ''),
    album: named,
    duration_ms: z
      .number()
      .nullish()
      .transform((milliseconds) => (milliseconds ?? 0) / 1000),
  })
  // The first artist is who a scrobble is for.
  .transform(({ name: title, type, artists: artist, album, duration_ms: durationSeconds }) => ({
    ...{ title, artist, album, durationSeconds },
    isEpisode: type === 'episode',
  }));

/** A place of a playlist; what is in it was called `track` before 2026. */
export const spotifyEntry = z.object({
  is_local: z.boolean().nullish(),
  item: spotifyTrack.nullish(),
  track: spotifyTrack.nullish(),
});

export const spotifyEntries = z.object({ items: z.array(spotifyEntry.nullable()), next: z.string().nullish() });

export const spotifyRecent = z.object({
  items: z.array(z.object({ track: spotifyTrack, played_at: z.iso.datetime({ offset: true }) })),
});

export const spotifyCurrent = z.object({ is_playing: z.boolean().default(false), item: spotifyTrack.nullish() });

export const spotifyFinds = z.object({
  tracks: z.object({ items: z.array(z.intersection(spotifyTrack, z.object({ id: z.string().regex(/^\w+$/) }))) }),
});

export type SpotifyEntry = z.output<typeof spotifyEntry>;
