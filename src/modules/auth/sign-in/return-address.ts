const LONGEST = 500;

/**
 * The page of ours that someone is to end on, as path, query and fragment. Null for what leads elsewhere or is no page: an
 * address of another site in any of the spellings that browsers understand, or one of the API.
 */
export function pageOfOurs(wanted: string | null, publicUrl: string): string | null {
  if (!wanted?.startsWith('/') || wanted.length > LONGEST || !URL.canParse(wanted, publicUrl)) {
    return null;
  }
  const { origin, pathname, search, hash } = new URL(wanted, publicUrl);
  const isPage = origin === new URL(publicUrl).origin && !pathname.startsWith('//') && !/^\/api(\/|$)/i.test(pathname);
  return isPage ? `${pathname}${search}${hash}` : null;
}
