/** XSPF and JSPF have no field for the album's artist: there it is a `meta` with this as its relation. */
export const ALBUM_ARTIST_RELATION = 'urn:universal-scrobbler:album-artist';
