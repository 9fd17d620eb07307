import { z } from 'zod';

/** Last.fm's JSON is converted XML: one child is an object, several are an array, none may be a string or missing. */
const manyOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => {
    if (Array.isArray(value)) {
      return value as unknown[];
    }
    return value === undefined || value === '' ? [] : [value];
  }, z.array(item));

/** Last.fm's numbers are strings in most places and numbers in some; nothing else counts as one, least of all "" as 0. */
export const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** Text that may be a number, or missing. */
const words = z.union([z.string(), z.number().transform(String)]).catch('');
const text = z.object({ '#text': words });
const correctable = z
  .object({ corrected: z.coerce.string().catch('0'), '#text': words })
  .catch({ corrected: '0', '#text': '' });

const granted = z.object({ name: z.string().min(1), key: z.string().min(1) });

// Last.fm's word for it; ours is session key.
export const sessionReply = z
  .object({ ['session']: granted })
  .transform((reply) => ({ username: reply['session'].name, sessionKey: reply['session'].key }));

export const tokenReply = z.object({ token: z.string() });

export const userInfoReply = z.object({
  user: z.object({
    name: z.string(),
    url: z.string().optional(),
    playcount: z.coerce.number().int().catch(0),
    image: manyOf(text).catch([]),
  }),
});

export const scrobbleReply = z.object({
  scrobbles: z.object({
    scrobble: manyOf(
      z.object({
        artist: correctable,
        track: correctable,
        album: correctable,
        albumArtist: correctable,
        timestamp: wholeNumber.optional().catch(undefined),
        ignoredMessage: z.object({ code: wholeNumber, '#text': words }),
      }),
    ),
  }),
});

export const nowPlayingReply = z.object({
  nowplaying: z.object({ ignoredMessage: z.object({ code: wholeNumber, '#text': words }) }),
});

/** Here the artist is plain text; nothing found may be an empty list or no element at all. */
export const trackSearchReply = z.object({
  results: z.object({
    trackmatches: z
      .object({
        track: manyOf(z.object({ name: words, artist: words, url: z.string().optional().catch(undefined) })),
      })
      .or(z.string().transform(() => ({ track: [] }))),
  }),
});

export const recentTracksReply = z.object({
  recenttracks: z.object({
    '@attr': z.object({ totalPages: z.coerce.number().int().catch(1) }).catch({ totalPages: 1 }),
    track: manyOf(
      z.object({
        name: words,
        artist: text.catch({ '#text': '' }),
        date: z.object({ uts: wholeNumber }).optional(),
      }),
    ),
  }),
});
