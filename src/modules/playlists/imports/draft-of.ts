import { MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, type PlaylistDraft } from '../playlist.entity.js';
import type { Reading } from '../readers/reading.js';
import { cutTo } from '../storable-text.js';

/** Of what nobody has named. */
export const FALLBACK_TITLE = 'Imported playlist';

/** A private playlist of what was read. */
export function draftOf({ description, tracks }: Reading, title: string): PlaylistDraft {
  return {
    title: cutTo(MAX_TITLE_LENGTH, title) || FALLBACK_TITLE,
    description: cutTo(MAX_DESCRIPTION_LENGTH, description ?? '') || null,
    visibility: 'private',
    category: null,
    tracks,
  };
}
