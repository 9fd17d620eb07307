import { lastfmSignature } from './lastfm-signature.js';

describe('lastfmSignature', () => {
  it('signs as the published example does', () => {
    const params = { api_key: 'YOUR_API_KEY', method: 'auth.getSession', token: 'YOUR_REQUESTED_TOKEN' };
    expect(lastfmSignature(params, 'YOUR_SECRET')).toBe('94539006de89b3c6b3c030bb1e52b9c4');
  });

  it('signs the raw, unencoded values', () => {
    const params = {
      api_key: 'YOUR_API_KEY',
      artist: 'KITANO REM',
      method: 'track.love',
      sk: 'YOUR_SESSION_KEY',
      track: 'RAINSICK',
    };
    expect(lastfmSignature(params, 'YOUR_SECRET')).toBe('800b8884b00c9343d1d425ed271e0f42');
  });

  it('signs UTF-8', () => {
    const params = {
      album: 'Takk...',
      api_key: '0123456789abcdef0123456789abcdef',
      artist: 'Sigur Rós',
      duration: '268',
      method: 'track.updateNowPlaying',
      sk: 'd580d57f32848f5dcf574d1ce18d78b2',
      track: 'Hoppípolla',
    };
    expect(lastfmSignature(params, 'fedcba9876543210fedcba9876543210')).toBe('71cadac65fa29095792ac74ece83e0e9');
  });

  it('sorts a batch by bytes, not by number, and leaves format and callback out', () => {
    const items = Array.from({ length: 12 }, (_, i) => [
      [`artist[${i}]`, `Björk ${i}`],
      [`track[${i}]`, `Jóga & ${i}`],
      [`timestamp[${i}]`, String(1_700_000_000 + i)],
    ]).flat();
    const params = {
      ...(Object.fromEntries(items) as Record<string, string>),
      api_key: '0123456789abcdef0123456789abcdef',
      method: 'track.scrobble',
      sk: 'd580d57f32848f5dcf574d1ce18d78b2',
      format: 'json',
      callback: 'x',
    };
    expect(lastfmSignature(params, 'fedcba9876543210fedcba9876543210')).toBe('4fd98ac6df16ea1244d0cf5d9c89ff51');
  });
});
