import type { PlatformEntry } from '../../platforms/index.js';
import { plausibleSeconds } from '../readers/duration.js';
import type { Reading } from '../readers/reading.js';
import { TrackCollector } from '../readers/track-collector.js';

/**
 * What a platform's entries make as a playlist. Rows of the report are their places.
 * @throws PlaylistTooLongError
 */
export function readEntries(
  entries: Iterable<PlatformEntry>,
  { title, description }: { title: string; description: string | null },
): Reading {
  const collector = new TrackCollector();
  let row = 0;
  for (const entry of entries) {
    row += 1;
    if (entry.kind === 'no-track') {
      collector.skip(row, entry.reason, entry.text);
    } else {
      const { artist, title: name, album, durationSeconds } = entry;
      const raw = { artist, title: name, album, durationSeconds: plausibleSeconds(durationSeconds) };
      collector.add(row, raw, `${artist || '?'} - ${name || '?'}`);
    }
  }
  return collector.finish({ title, description: description ?? '' });
}
