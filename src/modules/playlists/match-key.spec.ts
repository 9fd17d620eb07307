import { matchKey } from './match-key.js';

describe('matchKey', () => {
  it.each([
    ['Sigur Rós', 'Hoppípolla', 'SIGUR ROS', 'hoppipolla'],
    ['Beyoncé', 'Déjà Vu', 'Beyonce\u0301', 'Deja  Vu'],
    ['Океан Ельзи', 'Обійми', 'океан ельзи', ' Обійми '],
    ['AC/DC', 'T.N.T.', 'ac/dc', 't.n.t.'],
  ])('is the same for %s - %s and %s - %s', (artist, title, sameArtist, sameTitle) => {
    expect(matchKey(artist, title)).toBe(matchKey(sameArtist, sameTitle));
  });

  it.each([
    ['優里', 'かくれんぼ', '優里', 'がくれんぼ'],
    ['A', 'BC', 'AB', 'C'],
    ['Low', 'Words', 'Low', 'Word'],
  ])('differs for %s - %s and %s - %s', (artist, title, otherArtist, otherTitle) => {
    expect(matchKey(artist, title)).not.toBe(matchKey(otherArtist, otherTitle));
  });

  it('has room in an index row for names of any length and any letters, and still tells them apart', () => {
    const name = (last: string): string => '\ufdfa'.repeat(999) + last;
    expect(Buffer.byteLength(matchKey(name('a'), name('a')))).toBeLessThan(2_600);
    expect(matchKey(name('a'), name('a'))).toBe(matchKey(name('A'), name(' á')));
    expect(matchKey(name('a'), name('a'))).not.toBe(matchKey(name('a'), name('b')));
  });
});
