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
});
