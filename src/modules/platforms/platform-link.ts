import type { PlatformName, PlaylistReference } from './platform-playlist.js';

/** Hosts whose links say nothing themselves: they answer one redirect to the page that is meant. */
const SHORT_LINK_HOSTS = ['link.deezer.com', 'deezer.page.link', 'dzr.page.link', 'spotify.link', 'spotify.app.link'];

const SPOTIFY_ADDRESS =
  /^\/(?:intl-[a-z]{2}(?:-[a-z]{2})?\/)?(?:embed\/)?(?:user\/[^/]+\/)?(track|album|playlist|artist|episode|show)\/([A-Za-z0-9]{22})\/?$/i;
const SPOTIFY_URI = /^spotify:(?:user:[^:]+:)?(track|album|playlist|artist|episode|show):([A-Za-z0-9]{22})$/;
const DEEZER_ADDRESS =
  /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?(track|album|playlist|artist|profile|show|episode)\/(\d{1,19})(?:\/[\w-]*)?\/?$/i;
const PAGES: ReadonlyArray<{ platform: PlatformName; hosts: readonly string[]; address: RegExp }> = [
  { platform: 'spotify', hosts: ['open.spotify.com', 'play.spotify.com'], address: SPOTIFY_ADDRESS },
  { platform: 'deezer', hosts: ['www.deezer.com', 'deezer.com'], address: DEEZER_ADDRESS },
];
const WITHOUT_SCHEME = /^(?:(?:www\.)?deezer\.com|open\.spotify\.com|[\w.]+\.link|link\.deezer\.com)\//i;

/** What a pasted text turned out to be. */
export type PlatformLink =
  | { kind: 'playlist'; reference: PlaylistReference }
  | { kind: 'short'; address: URL }
  /** It leads to something of theirs that is no playlist; `what` is their word for it. */
  | { kind: 'something-else'; what: string }
  | { kind: 'unknown' };

/** Every form in which Deezer and Spotify hand out links. Asks nobody. */
export function readLink(text: string): PlatformLink {
  const trimmed = text.trim();
  const [, what = '', id = ''] = SPOTIFY_URI.exec(trimmed) ?? [];
  if (id !== '') {
    return linkTo('spotify', what, id);
  }
  const address = addressOf(trimmed);
  if (!address) {
    return { kind: 'unknown' };
  }
  if (SHORT_LINK_HOSTS.includes(address.hostname)) {
    return { kind: 'short', address };
  }
  return readPage(address);
}

/** What a short link answered, whether it names the page or a further page of its own with the page in its query. */
export function readRedirect(location: URL): PlatformLink {
  const inside = addressOf(location.searchParams.get('dest') ?? '');
  return readPage(SHORT_LINK_HOSTS.includes(location.hostname) && inside ? inside : location);
}

function readPage({ hostname, pathname }: URL): PlatformLink {
  const known = PAGES.find(({ hosts }) => hosts.includes(hostname));
  const [, what, id] = known?.address.exec(pathname) ?? [];
  return known && what !== undefined && id !== undefined
    ? linkTo(known.platform, what.toLowerCase(), id)
    : { kind: 'unknown' };
}

function linkTo(platform: PlaylistReference['platform'], what: string, playlistId: string): PlatformLink {
  return what === 'playlist'
    ? { kind: 'playlist', reference: { platform, playlistId } }
    : { kind: 'something-else', what };
}

/** Only what a browser would open as a web page; a pasted `deezer.com/…` is one. */
function addressOf(text: string): URL | null {
  const address = WITHOUT_SCHEME.test(text) ? `https://${text}` : text;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return null;
  }
  return new URL(address);
}
