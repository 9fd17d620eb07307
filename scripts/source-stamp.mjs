import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What this version of the files looks like, in one word; null where the sources were not shipped. */
export function sourceStamp(root, places) {
  const files = places.flatMap((place) => filesBelow(root, place)).sort();
  if (files.length === 0) {
    return null;
  }
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root, place) {
  const full = path.join(root, place);
  if (!existsSync(full)) {
    return [];
  }
  const entries = readdirSync(path.dirname(full), { withFileTypes: true });
  const self = entries.find((entry) => entry.name === path.basename(full));
  if (self?.isFile()) {
    return [place];
  }
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'node_modules' ? [] : filesBelow(root, path.join(place, entry.name)),
  );
}
