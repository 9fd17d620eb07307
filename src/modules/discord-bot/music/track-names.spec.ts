import { trackNames } from './track-names.js';

describe('trackNames', () => {
  it.each([
    ['Air', 'La Femme d’Argent', 'Air', 'La Femme d’Argent'],
    ['AirVEVO', 'Air - La Femme d’Argent (Official Video)', 'Air', 'La Femme d’Argent'],
    ['Air - Topic', 'Kelly Watch the Stars', 'Air', 'Kelly Watch the Stars'],
    ['someone', 'Björk – Jóga [HD Remastered]', 'Björk', 'Jóga'],
    ['Low', 'Words - Live - 1994', 'Words', 'Live - 1994'],
    ['The Examples', '(Official Video)', 'The Examples', '(Official Video)'],
    ['Sigur Rós', 'Hoppípolla (live in Reykjavík)', 'Sigur Rós', 'Hoppípolla (live in Reykjavík)'],
  ])('takes %j and %j for %j and %j', (author, title, artist, name) => {
    expect(trackNames({ author, title })).toEqual({ artist, title: name });
  });
});
