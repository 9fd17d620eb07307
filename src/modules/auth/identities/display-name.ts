const UNREADABLE = /[\p{Cc}\p{Cs}]/gu;
const LONGEST = 60;
const NAMELESS = 'Listener';

/** A name that we accept, out of whatever somebody is called elsewhere. */
export function nameFrom(name: string): string {
  const readable = name.replace(UNREADABLE, ' ').trim();
  // The cut may go through a pair of surrogates.
  const short = readable.slice(0, LONGEST).replace(/\p{Cs}$/u, '');
  return short.trim() || NAMELESS;
}
