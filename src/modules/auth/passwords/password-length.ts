/** In characters, as NIST SP 800-63B asks for at least. Nothing is said about which: long ones beat odd ones. */
export const SHORTEST_PASSWORD = 8;
/** Longer ones would only cost the hash time. */
export const LONGEST_PASSWORD = 200;
