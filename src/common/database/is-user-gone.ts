import { QueryFailedError } from 'typeorm';

const FOREIGN_KEY_VIOLATION = '23503';

/** Whether PostgreSQL refused a row because its user is gone: deleted by another request while this one was under way. */
export function isUserGone(error: unknown): boolean {
  return isReferenceGone(error, 'app_user');
}

/** The same of what else a row refers to. @param table where that lay */
export function isReferenceGone(error: unknown, table: string): boolean {
  if (!(error instanceof QueryFailedError)) {
    return false;
  }
  const { code, detail } = error.driverError as { code?: string; detail?: string };
  return code === FOREIGN_KEY_VIOLATION && detail?.includes(`is not present in table "${table}"`) === true;
}
