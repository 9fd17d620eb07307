/**
 * The headers each column may have, the surest first; compared without case, blanks, `_` and `-`. `artists` and
 * `albumArtists` hold joined names that may be taken apart; `artist` and `albumArtist` are one name, whatever stands
 * in it.
 */
const ALIASES = {
  title: ['trackname', 'tracktitle', 'title', 'songname', 'songtitle', 'song', 'name', 'track', 'titel'],
  artist: ['artist', 'artistname', 'trackartist', 'creator', 'performer', 'künstler', 'interpret'],
  artists: ['artistname(s)', 'artist(s)', 'artists', 'artistnames'],
  artistIds: ['artisturi(s)', 'artisturis', 'artistids', 'artistid(s)'],
  album: ['albumname', 'albumtitle', 'album', 'release'],
  albumArtist: ['albumartist', 'albumartistname'],
  albumArtists: ['albumartistname(s)', 'albumartist(s)', 'albumartists', 'albumartistnames'],
  albumArtistIds: ['albumartisturi(s)', 'albumartisturis', 'albumartistids'],
  durationMs: ['trackduration(ms)', 'duration(ms)', 'durationms', 'trackdurationms', 'length(ms)'],
  duration: ['duration', 'durationseconds', 'duration(s)', 'length', 'time', 'totaltime', 'dauer'],
  playlistTitle: ['playlistname', 'playlisttitle', 'playlist'],
} as const;

type ColumnName = keyof typeof ALIASES;

/** Which field of a record holds what. */
export class CsvColumns {
  private constructor(private readonly indexes: ReadonlyMap<ColumnName, number>) {}

  /** Null when these headers lack a title or an artist: then they are no headers that we know. */
  static find(headers: readonly string[]): CsvColumns | null {
    const plain = headers.map((header) => header.toLowerCase().replace(/[\s_-]+/g, ''));
    const indexes = new Map<ColumnName, number>();
    for (const [column, aliases] of Object.entries(ALIASES) as [ColumnName, readonly string[]][]) {
      const alias = aliases.find((each) => plain.includes(each));
      if (alias !== undefined) {
        indexes.set(column, plain.indexOf(alias));
      }
    }
    const isPlaylist = indexes.has('title') && (indexes.has('artist') || indexes.has('artists'));
    return isPlaylist ? new CsvColumns(indexes) : null;
  }

  /** The field of that column; undefined when there is no such column, or the record is too short. */
  of(record: readonly string[], column: ColumnName): string | undefined {
    const index = this.indexes.get(column);
    return index === undefined ? undefined : record[index];
  }
}
