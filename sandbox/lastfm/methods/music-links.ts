import { element, list, type ElementList } from '../protocol/element.js';

const IMAGES = 'https://lastfm.freetls.fastly.net/i/u';
/** The grey star that stands for "no picture": clients know it by this name. */
const PLACEHOLDER = '2a96cbd8b46e442fc41c2b86b821562f.png';
const SIZES: readonly (readonly [string, string])[] = [
  ['small', '34s'],
  ['medium', '64s'],
  ['large', '174s'],
  ['extralarge', '300x300'],
  ['mega', '300x300'],
];

export function artistUrl(artist: string): string {
  return `https://www.last.fm/music/${pathSegment(artist)}`;
}

export function trackUrl(artist: string, track: string): string {
  return `${artistUrl(artist)}/_/${pathSegment(track)}`;
}

export function albumUrl(artist: string, album: string): string {
  return `${artistUrl(artist)}/${pathSegment(album)}`;
}

/** Four sizes for tracks and albums, a fifth for artists. */
export function images(count: 4 | 5): ElementList {
  const items = SIZES.slice(0, count).map(([size, folder]) =>
    element('image', `${IMAGES}/${folder}/${PLACEHOLDER}`, { size }),
  );
  return list('image', items);
}

function pathSegment(name: string): string {
  return encodeURIComponent(name).replaceAll('%20', '+');
}
