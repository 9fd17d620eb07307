/** A track as Lavalink hands it out. @see https://lavalink.dev/api/rest#track */
export interface LavalinkTrack {
  readonly encoded: string;
  readonly info: {
    readonly identifier: string;
    readonly isSeekable: boolean;
    readonly author: string;
    readonly length: number;
    readonly isStream: boolean;
    readonly position: number;
    readonly title: string;
    readonly uri: string;
    readonly artworkUrl: null;
    readonly isrc: null;
    readonly sourceName: string;
  };
  readonly pluginInfo: object;
  readonly userData: object;
}

interface Song {
  readonly artist: string;
  readonly title: string;
  readonly seconds: number;
}

const ADDRESS = 'https://music.sandbox.invalid/';
const SEARCH = /^(\w+search):(.*)$/;
/** The playlist that a link to `…/list/evening` loads. */
const LIST_PATH = 'list/evening';

const SONGS: readonly Song[] = [
  { artist: 'Air', title: 'La Femme d’Argent', seconds: 427 },
  { artist: 'Air', title: 'Kelly Watch the Stars', seconds: 225 },
  { artist: 'Low', title: 'Words', seconds: 342 },
  { artist: 'Björk', title: 'Jóga', seconds: 305 },
  { artist: 'Sigur Rós', title: 'Hoppípolla', seconds: 268 },
  { artist: 'The Examples', title: 'Jingle', seconds: 20 },
];

/** What the node finds: a few songs, by words or by the address of one. */
export class MusicLibrary {
  /** The answer of `/v4/loadtracks`. */
  load(identifier: string): object {
    const search = SEARCH.exec(identifier);
    if (search) {
      const found = this.search(search[2] ?? '');
      return found.length > 0 ? { loadType: 'search', data: found } : { loadType: 'empty', data: {} };
    }
    if (identifier === `${ADDRESS}${LIST_PATH}`) {
      const info = { name: 'Evening', selectedTrack: -1 };
      return { loadType: 'playlist', data: { info, pluginInfo: {}, tracks: SONGS.slice(0, 3).map(toTrack) } };
    }
    const song = SONGS.find((each) => addressOf(each) === identifier);
    return song ? { loadType: 'track', data: toTrack(song) } : { loadType: 'empty', data: {} };
  }

  decode(encoded: string): LavalinkTrack | null {
    const song = SONGS.find((each) => toTrack(each).encoded === encoded);
    return song ? toTrack(song) : null;
  }

  private search(text: string): LavalinkTrack[] {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return SONGS.filter(({ artist, title }) => {
      const haystack = `${artist} ${title}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    }).map(toTrack);
  }
}

function addressOf({ artist, title }: Song): string {
  return `${ADDRESS}${encodeURIComponent(`${artist} ${title}`)}`;
}

function toTrack(song: Song): LavalinkTrack {
  const identifier = `${song.artist} ${song.title}`;
  return {
    encoded: Buffer.from(identifier).toString('base64'),
    info: {
      identifier,
      isSeekable: true,
      author: song.artist,
      length: song.seconds * 1000,
      isStream: false,
      position: 0,
      title: song.title,
      uri: addressOf(song),
      artworkUrl: null,
      isrc: null,
      sourceName: 'sandbox',
    },
    pluginInfo: {},
    userData: {},
  };
}
