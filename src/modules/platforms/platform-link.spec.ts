import { readLink, readRedirect } from './platform-link.js';

const ID = '37i9dQZF1DWWQRwui0ExPn';

describe('a link to a playlist', () => {
  it.each([
    `https://open.spotify.com/playlist/${ID}`,
    `  https://open.spotify.com/playlist/${ID}?si=0123456789abcdef&pt=1  `,
    `https://open.spotify.com/intl-de/playlist/${ID}`,
    `https://open.spotify.com/intl-pt-br/playlist/${ID}`,
    `https://open.spotify.com/user/some.one/playlist/${ID}`,
    `https://open.spotify.com/embed/playlist/${ID}`,
    `http://open.spotify.com/playlist/${ID}#top`,
    `open.spotify.com/playlist/${ID}`,
    `spotify:playlist:${ID}`,
    `spotify:user:some.one:playlist:${ID}`,
  ])('of Spotify is understood: %s', (text) => {
    expect(readLink(text)).toEqual({ kind: 'playlist', reference: { platform: 'spotify', playlistId: ID } });
  });

  it.each([
    'https://www.deezer.com/playlist/908622995',
    'https://deezer.com/playlist/908622995',
    'https://www.deezer.com/en/playlist/908622995?utm_source=x',
    'https://www.deezer.com/pt-br/playlist/908622995/',
    'http://www.deezer.com/playlist/908622995',
    'deezer.com/fr/playlist/908622995',
  ])('of Deezer is understood: %s', (text) => {
    expect(readLink(text)).toEqual({ kind: 'playlist', reference: { platform: 'deezer', playlistId: '908622995' } });
  });

  it.each([
    ['https://www.deezer.com/album/302127', 'album'],
    ['https://www.deezer.com/en/track/3135556', 'track'],
    [`https://open.spotify.com/track/${ID}`, 'track'],
    [`spotify:album:${ID}`, 'album'],
  ])('%s leads to something else', (text, what) => {
    expect(readLink(text)).toEqual({ kind: 'something-else', what });
  });

  it.each([
    '',
    'Otis Neon - Lucy',
    'javascript:alert(1)',
    'https://open.spotify.com.evil.example/playlist/37i9dQZF1DWWQRwui0ExPn',
    `https://evil.example/https://open.spotify.com/playlist/${ID}`,
    `https://open.spotify.com@evil.example/playlist/${ID}`,
    'https://www.deezer.com/playlist/not-a-number',
    'https://www.deezer.com/',
    'http://127.0.0.1/playlist/1',
  ])('is not: %s', (text) => {
    expect(readLink(text)).toEqual({ kind: 'unknown' });
  });

  it.each([
    'https://link.deezer.com/s/abc',
    'link.deezer.com/s/abc',
    'https://spotify.link/xyz',
    'https://dzr.page.link/x',
  ])('may be short: %s', (text) => {
    expect(readLink(text)).toMatchObject({ kind: 'short' });
  });

  it('stands in what a short link answers, by itself or in the query of a page of the same host', () => {
    const deezer = { kind: 'playlist', reference: { platform: 'deezer', playlistId: '908622995' } };
    const page = 'https://www.deezer.com/playlist/908622995?a=b';

    expect(readRedirect(new URL(page))).toEqual(deezer);
    expect(readRedirect(new URL(`https://link.deezer.com/?awf=1&dest=${encodeURIComponent(page)}`))).toEqual(deezer);
    expect(readRedirect(new URL(`https://evil.example/?dest=${encodeURIComponent(page)}`))).toEqual({
      kind: 'unknown',
    });
    expect(readRedirect(new URL('https://link.deezer.com/s/another'))).toEqual({ kind: 'unknown' });
  });
});
