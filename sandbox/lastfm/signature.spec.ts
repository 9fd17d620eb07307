import { FlatParameters } from './protocol/flat-parameters.js';
import { isSignedWith, signatureOf } from './protocol/signature.js';

const API_KEY = '0123456789abcdef0123456789abcdef';
const SECRET = 'fedcba9876543210fedcba9876543210';
const SESSION_KEY = 'd580d57f32848f5dcf574d1ce18d78b2';

function params(pairs: Record<string, string>): FlatParameters {
  return FlatParameters.of('/2.0/', new URLSearchParams(pairs).toString());
}

function twelveScrobbles(): Record<string, string> {
  const pairs: Record<string, string> = { method: 'track.scrobble', api_key: API_KEY, sk: SESSION_KEY };
  for (let i = 0; i < 12; i += 1) {
    pairs[`artist[${i}]`] = `Björk ${i}`;
    pairs[`track[${i}]`] = `Jóga & ${i}`;
    pairs[`timestamp[${i}]`] = String(1_700_000_000 + i);
  }
  return pairs;
}

describe('The signature', () => {
  it('agrees with the published vector of auth.getSession', () => {
    const call = params({ api_key: 'YOUR_API_KEY', method: 'auth.getSession', token: 'YOUR_REQUESTED_TOKEN' });

    expect(signatureOf(call, 'YOUR_SECRET')).toBe('94539006de89b3c6b3c030bb1e52b9c4');
  });

  it('agrees with the published vector of track.love', () => {
    const call = params({
      track: 'RAINSICK',
      artist: 'KITANO REM',
      method: 'track.love',
      api_key: 'YOUR_API_KEY',
      sk: 'YOUR_SESSION_KEY',
    });

    expect(signatureOf(call, 'YOUR_SECRET')).toBe('800b8884b00c9343d1d425ed271e0f42');
  });

  it('is computed over raw UTF-8', () => {
    const call = params({
      method: 'track.updateNowPlaying',
      artist: 'Sigur Rós',
      track: 'Hoppípolla',
      album: 'Takk...',
      duration: '268',
      api_key: API_KEY,
      sk: SESSION_KEY,
    });

    expect(signatureOf(call, SECRET)).toBe('71cadac65fa29095792ac74ece83e0e9');
  });

  it('sorts artist[10] before artist[1]', () => {
    expect(signatureOf(params(twelveScrobbles()), SECRET)).toBe('4fd98ac6df16ea1244d0cf5d9c89ff51');
  });

  it('leaves out format, callback and api_sig', () => {
    const call = params({ ...twelveScrobbles(), format: 'json', callback: 'done', api_sig: 'whatever' });

    expect(signatureOf(call, SECRET)).toBe('4fd98ac6df16ea1244d0cf5d9c89ff51');
  });

  it.each(['4fd98ac6df16ea1244d0cf5d9c89ff51', '4FD98AC6DF16EA1244D0CF5D9C89FF51'])('is right as %s', (api_sig) => {
    expect(isSignedWith(params({ ...twelveScrobbles(), api_sig }), SECRET)).toBe(true);
  });

  it('is wrong when numbers were sorted as numbers', () => {
    const call = params({ ...twelveScrobbles(), api_sig: 'ec7982b0f877930bd61d14bc0a9cfb78' });

    expect(isSignedWith(call, SECRET)).toBe(false);
  });
});
