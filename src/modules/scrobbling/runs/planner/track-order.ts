import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export const TRACK_ORDERS = ['sequential', 'shuffle'] as const;
export type TrackOrder = (typeof TRACK_ORDERS)[number];

/**
 * The order of one pass: for each position the index of the track in the playlist. The same seed and pass always give the
 * same order, so that a run can go on with it after a restart without keeping the whole list; each pass of a repeated
 * run is shuffled anew.
 */
export function trackOrder(trackCount: number, order: TrackOrder, seed: number, pass: number): number[] {
  const indices = Array.from({ length: trackCount }, (_, index) => index);
  return order === 'shuffle' ? shuffled(indices, seed + pass) : indices;
}

/** Fisher and Yates. */
function shuffled(indices: number[], seed: number): number[] {
  const random = xoroshiro128plus(seed);
  for (let last = indices.length - 1; last > 0; last -= 1) {
    const other = uniformInt(random, 0, last);
    const [a = 0, b = 0] = [indices[last], indices[other]];
    indices[last] = b;
    indices[other] = a;
  }
  return indices;
}
