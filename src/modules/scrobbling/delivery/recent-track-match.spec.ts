import { findLanded } from './recent-track-match.js';

const delivery = (title: string, second: number, artist = 'The Examples') => ({
  artist,
  title,
  playedAt: new Date(second * 1000),
});
const recent = (title: string, uts: number, artist = 'The Examples') => ({ artist, title, uts });

describe('findLanded', () => {
  it('finds a scrobble by its second even when Last.fm corrected the names', () => {
    const [sent, landed] = [delivery('Patience', 100, 'Guns N Roses'), recent('Patience (1988)', 100, "Guns N' Roses")];
    expect(findLanded([sent], [landed])).toEqual([landed]);
  });

  it('does not find what is not there', () => {
    const two = recent('Two', 101);
    expect(findLanded([delivery('One', 100), delivery('Two', 101)], [two])).toEqual([null, two]);
  });

  it('tells scrobbles of the same second apart by name', () => {
    const two = recent('Two', 100);
    expect(findLanded([delivery('One', 100), delivery('Two', 100)], [two])).toEqual([null, two]);
  });

  it('tells scrobbles of the same second apart by title where the artist was corrected', () => {
    const [corrected, other] = [recent('Two', 100, "Guns N' Roses"), recent('Three', 100)];
    const sent = [delivery('One', 100, 'Guns N Roses'), delivery('Two', 100, 'Guns N Roses'), delivery('Three', 100)];
    expect(findLanded(sent, [other, corrected])).toEqual([null, corrected, other]);
  });

  it('takes as many corrected names as there are scrobbles for these, also within one second', () => {
    const landed = [recent('One (Live)', 100, "Guns N' Roses"), recent('Two (Live)', 100, "Guns N' Roses")];
    const sent = [delivery('One', 100, 'Guns N Roses'), delivery('Two', 100, 'Guns N Roses')];
    expect(findLanded(sent, landed)).toEqual(landed);
  });

  it('does not take the track of an earlier scrobble for a corrected name', () => {
    const [first, second] = [recent('First', 100), delivery('Second', 100)];
    expect(findLanded([second], [first], [first])).toEqual([null]);
  });

  it('recognises the track of an earlier scrobble although its artist was corrected', () => {
    const [second, known] = [delivery('Second', 100), recent('First', 100, 'Guns N Roses')];
    expect(findLanded([second], [recent('First', 100, "Guns N' Roses")], [known])).toEqual([null]);
  });

  it('does not guess where several share a second', () => {
    expect(findLanded([delivery('One', 100), delivery('Two', 100)], [recent('Other', 100)])).toEqual([null, null]);
  });

  it('counts one recent track for one scrobble only', () => {
    const one = recent('One', 100);
    expect(findLanded([delivery('One', 100), delivery('One', 100)], [one])).toEqual([one, null]);
  });
});
