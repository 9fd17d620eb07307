import { matchKey } from '../match-key.js';
import { type FoundTrack, SEARCH_PLATFORMS, type SearchPlatform } from './search-source.js';

/** One track, from all the sources that know it. */
export interface SearchHit extends Pick<FoundTrack, 'artist' | 'title' | 'album' | 'albumArtist' | 'durationSeconds'> {
  sources: HitSource[];
}

interface HitSource extends Pick<FoundTrack, 'url' | 'playlist'> {
  platform: SearchPlatform;
}

/** What one source has found, the best first. */
interface SourceFinds {
  platform: SearchPlatform;
  tracks: readonly FoundTrack[];
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): sources need not agree on what their scores mean, and one
 * that ranks a track first does not outvote two that rank it second. 60 is the constant of the paper.
 */
const RANK_OFFSET = 60;
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_IN_WORDS = /[^\p{L}\p{N}]+/u;

interface Merged {
  hit: SearchHit;
  /** The share of the words asked for that a word of artist or title begins with: the last one may be half typed. */
  coverage: number;
  fusedRank: number;
}

/**
 * One list, each track once. First come tracks with all the words that were asked for, and among those the ones that
 * the sources rank high. Spelling is that of the first source in the order of `SEARCH_PLATFORMS`; what it does not
 * know is filled in from the others.
 */
export function mergeHits(text: string, finds: readonly SourceFinds[], limit: number): SearchHit[] {
  const wanted = wordsOf(text);
  const merged = new Map<string, Merged>();
  for (const { platform, tracks } of inPreferredOrder(finds)) {
    tracks.forEach((track, rank) => {
      const key = matchKey(track.artist, track.title);
      const known = merged.get(key) ?? {
        hit: { ...namesOf(track), sources: [] },
        coverage: coverageOf(wanted, track),
        fusedRank: 0,
      };
      merged.set(key, known);
      addTo(known, platform, track, rank);
    });
  }
  return [...merged.values()]
    .sort((one, other) => other.coverage - one.coverage || other.fusedRank - one.fusedRank)
    .slice(0, limit)
    .map(({ hit }) => hit);
}

function inPreferredOrder(finds: readonly SourceFinds[]): SourceFinds[] {
  const placeOf = ({ platform }: SourceFinds) => SEARCH_PLATFORMS.indexOf(platform);
  return finds.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** A source that has the same track twice (on two albums) is named, and counts, once. */
function addTo(merged: Merged, platform: SearchPlatform, track: FoundTrack, rank: number): void {
  const { hit } = merged;
  hit.album ??= track.album;
  hit.albumArtist ??= track.albumArtist;
  hit.durationSeconds ??= track.durationSeconds;
  if (hit.sources.every((source) => source.platform !== platform)) {
    hit.sources.push({ platform, url: track.url, playlist: track.playlist });
    merged.fusedRank += 1 / (RANK_OFFSET + rank + 1);
  }
}

function namesOf({ artist, title, album, albumArtist, durationSeconds }: FoundTrack): Omit<SearchHit, 'sources'> {
  return { artist, title, album, albumArtist, durationSeconds };
}

function coverageOf(wanted: ReadonlySet<string>, { artist, title }: FoundTrack): number {
  const there = [...wordsOf(`${artist} ${title}`)];
  const isThere = (word: string) => there.some((other) => other.startsWith(word));
  return wanted.size === 0 ? 1 : [...wanted].filter(isThere).length / wanted.size;
}

/** Without case and accents. */
function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFKD').replace(ACCENTS, '').toLowerCase().normalize('NFC');
  return new Set(plain.split(NOT_IN_WORDS).filter((word) => word !== ''));
}
