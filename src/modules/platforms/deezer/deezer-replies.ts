import { z } from 'zod';

/** Comes with HTTP 200; some have no code. */
export const deezerRefusal = z.object({ error: z.object({ code: z.number().optional() }) });

export const deezerPlaylist = z.object({
  id: z.number(),
  title: z.string(),
  description: z.string().nullish(),
  public: z.boolean().default(true),
  nb_tracks: z.number().int().min(0).default(0),
});

const named = (key: string) => z.object({ [key]: z.string().nullish() }).nullish();

const track = z.object({
  title: z.string().nullish(),
  readable: z.boolean().default(true),
  /** Seconds. */
  duration: z.number().default(0),
  artist: named('name'),
  album: named('title'),
});

export const deezerTracks = z.object({ data: z.array(track), next: z.string().nullish() });

export const deezerFinds = z.object({ data: z.array(track.extend({ id: z.number().int() })) });
