import { REASONS } from './delivery-reason.js';
import { DELIVERY_STATES, type DeliveryState, FIRST_STATES, TRANSITIONS } from './delivery-state.js';

const reachableFrom = (from: readonly DeliveryState[]): Set<DeliveryState> => {
  const reached = new Set(from);
  for (const state of reached) {
    TRANSITIONS[state].forEach((next) => reached.add(next));
  }
  return reached;
};

describe('the states of a delivery', () => {
  it('can all be reached from the first ones', () => {
    expect([...reachableFrom(FIRST_STATES)].sort()).toEqual([...DELIVERY_STATES].sort());
  });

  it('are left for a new attempt only, once Last.fm has judged, and for its late word once we have', () => {
    expect(TRANSITIONS.ignored).toEqual(['queued', 'held']);
    expect(TRANSITIONS.failed).toEqual(['queued', 'held', 'accepted']);
    for (const given of ['expired', 'cancelled'] as const) {
      expect(TRANSITIONS[given]).toEqual(['accepted']);
    }
  });

  it('may turn out to be duplicates where two users become one, and no longer be when an import is taken back', () => {
    const merged = DELIVERY_STATES.filter((state) => TRANSITIONS[state].includes('duplicate'));
    expect(merged).toEqual(['queued', 'held', 'sending', 'accepted', 'archived']);
    expect(TRANSITIONS.accepted).toEqual(['queued', 'held', 'duplicate']);
    expect(TRANSITIONS.archived).toEqual(['duplicate']);
    expect(TRANSITIONS.duplicate).toEqual(['queued', 'held', 'archived']);
  });

  it('pass through the call: only what was sending is judged', () => {
    const judged: DeliveryState[] = ['ignored', 'failed'];
    const before = DELIVERY_STATES.filter((state) => TRANSITIONS[state].some((next) => judged.includes(next)));
    expect(before).toEqual(['sending']);
  });

  it('each have reasons of their own, unless they need none', () => {
    const withoutReasons = DELIVERY_STATES.filter((state) => REASONS[state].length === 0);
    expect(withoutReasons).toEqual(['accepted']);
  });
});
