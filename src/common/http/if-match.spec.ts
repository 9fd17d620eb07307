import { isMet, parseIfMatch } from './if-match.js';

describe('If-Match', () => {
  it.each([
    { header: '"3"', condition: [3] },
    { header: ' "3" , "12" ', condition: [3, 12] },
    { header: '*', condition: 'any' },
    { header: '"of-another-server", "4"', condition: [4] },
    { header: 'W/"3"', condition: [] },
    { header: '"0", "-1", "1e3", "03", "99999999999"', condition: [] },
    { header: '3', condition: null },
    { header: '', condition: null },
    { header: '"3', condition: null },
    { header: '"3" "4"', condition: null },
    { header: '"3", *', condition: null },
  ])('reads $header', ({ header, condition }) => {
    expect(parseIfMatch(header)).toEqual(condition);
  });

  it('is met by the versions in it, and a star by every version', () => {
    expect([isMet([3, 4], 4), isMet([3], 4), isMet([], 4), isMet('any', 4)]).toEqual([true, false, false, true]);
  });
});
