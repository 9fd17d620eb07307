import { readPosition, wordDuration } from './music-words.js';

describe('places in a track', () => {
  it.each([
    [7, '0:07'],
    [427, '7:07'],
    [3723, '1:02:03'],
  ])('%i seconds read as %s, and back', (seconds, text) => {
    expect(wordDuration(seconds)).toBe(text);
    expect(readPosition(text)).toBe(seconds);
  });

  it.each(['', 'soon', '1:60', '-5', '1:2', '1:2:3:4'])('takes "%s" for none', (text) => {
    expect(readPosition(text)).toBeNull();
  });

  it('takes seconds alone', () => {
    expect(readPosition(' 90 ')).toBe(90);
  });
});
