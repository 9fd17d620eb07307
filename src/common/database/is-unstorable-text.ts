import { QueryFailedError } from 'typeorm';

/** `character_not_in_repertoire` and `untranslatable_character`: NUL, in text and in jsonb, and half a surrogate pair. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** Whether PostgreSQL refused a text because no database of its kind can hold it, so that whoever sent it has to mend it. */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof QueryFailedError && UNSTORABLE.has((error.driverError as { code?: string }).code ?? '');
}
