import fc from 'fast-check';

import { isSamePlay } from './duplicate-rule.js';

describe('isSamePlay', () => {
  it.each([
    { apart: 0, duration: 1, same: true, because: 'the same second' },
    { apart: 30, duration: 200, same: true, because: 'within 30 seconds' },
    { apart: -30, duration: null, same: true, because: 'within 30 seconds, whichever came first' },
    { apart: 31, duration: 200, same: false, because: 'more than 30 seconds apart' },
    { apart: 20, duration: 20, same: false, because: 'a short track started again when it had ended' },
    { apart: 19, duration: 20, same: true, because: 'a short track that cannot have ended yet' },
    { apart: 30, duration: 30, same: false, because: 'a track of 30 seconds started again when it had ended' },
  ])('is $same for $apart s apart, $duration s long: $because', ({ apart, duration, same }) => {
    expect(isSamePlay(apart, duration)).toBe(same);
  });

  const apart = fc.integer({ min: -100, max: 100 });
  const duration = fc.option(fc.integer({ min: 1, max: 400 }), { nil: null });

  it('says the same whichever of the two is looked at', () => {
    fc.assert(
      fc.property(apart, duration, (seconds, length) => {
        expect(isSamePlay(seconds, length)).toBe(isSamePlay(-seconds, length));
      }),
    );
  });

  it('never takes a real repeat for the same play, nor anything more than 30 seconds apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (length, pause) => {
        expect(isSamePlay(length + pause, length)).toBe(false);
        expect(isSamePlay(31 + pause, null)).toBe(false);
      }),
    );
  });

  it('never lets go of what is closer than something it holds', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), duration, (one, other, length) => {
        fc.pre(isSamePlay(Math.max(one, other), length));
        expect(isSamePlay(Math.min(one, other), length)).toBe(true);
      }),
    );
  });
});
