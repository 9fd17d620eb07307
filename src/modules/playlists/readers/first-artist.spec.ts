import fc from 'fast-check';

import { countIds, firstArtist } from './first-artist.js';

describe('firstArtist', () => {
  it.each([
    { names: 'Radiohead', count: 1, first: 'Radiohead' },
    { names: 'Tyler, The Creator', count: 1, first: 'Tyler, The Creator' },
    { names: 'Otis Neon, Zen Park', count: 2, first: 'Otis Neon' },
    { names: 'Young Thug;Gunna', count: 2, first: 'Young Thug' },
    { names: 'Young Thug,Gunna', count: 2, first: 'Young Thug' },
    { names: 'Henrik B;Christian Älvestam', count: 1, first: 'Henrik B;Christian Älvestam' },
  ])('with $count ids, "$names" begins with "$first"', ({ names, count, first }) => {
    expect(firstArtist({ names, count })).toBe(first);
  });

  it.each([
    { names: 'Tyler, The Creator', first: 'Tyler, The Creator' },
    { names: 'Earth, Wind & Fire', first: 'Earth, Wind & Fire' },
    { names: 'Earth, Wind & Fire;The Emotions', first: 'Earth, Wind & Fire' },
    { names: 'Earth, Wind & Fire,The Emotions', first: 'Earth, Wind & Fire' },
    { names: '10,000 Maniacs', first: '10,000 Maniacs' },
    { names: 'AC/DC', first: 'AC/DC' },
    { names: ';', first: ';' },
  ])('without ids, "$names" begins with "$first"', ({ names, first }) => {
    expect(firstArtist({ names, count: null })).toBe(first);
  });

  it('takes an escaped comma for a part of the name', () => {
    expect(firstArtist({ names: 'SODA LUV, WHY\\, BERRY', count: 2 })).toBe('SODA LUV');
    expect(firstArtist({ names: 'WHY\\, BERRY, SODA LUV', count: 2 })).toBe('WHY, BERRY');
    expect(firstArtist({ names: 'Sarah\\, the Illstrumentalist', count: 1 })).toBe('Sarah, the Illstrumentalist');
  });

  it("settles a comma too many by the album's artist, and otherwise splits nothing", () => {
    const names = 'Tyler, The Creator, Kali Uchis';

    expect(firstArtist({ names, count: 2, albumArtist: 'Tyler, The Creator' })).toBe('Tyler, The Creator');
    expect(firstArtist({ names, count: 2, albumArtist: 'Various Artists' })).toBe(names);
    expect(firstArtist({ names, count: 2 })).toBe(names);
  });

  it('finds the first of any names that watsonbox joined', () => {
    const name = fc.stringMatching(/^[^\\\s,](?:[^\\\n]{0,20}[^\\\s,])?$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (artists) => {
        const names = artists.map((artist) => artist.replaceAll(',', '\\,')).join(', ');

        expect(firstArtist({ names, count: artists.length })).toBe(artists[0]);
      }),
    );
  });

  it('counts ids, and tells none from unknown', () => {
    expect(countIds('spotify:artist:1, spotify:artist:2')).toBe(2);
    expect(countIds('')).toBeNull();
    expect(countIds(undefined)).toBeNull();
  });
});
