import { shortName } from '../dto/short-name.js';
import { nameFrom } from './display-name.js';

describe('a display name out of a name from elsewhere', () => {
  it.each([
    ['Ada', 'Ada'],
    ['  Ada\tLovelace\n', 'Ada Lovelace'],
    ['', 'Listener'],
    ['\u0000', 'Listener'],
    [`Ada\ud800`, 'Ada'],
    ['🎵'.repeat(80), '🎵'.repeat(30)],
    [`${'a'.repeat(59)}🎵`, 'a'.repeat(59)],
  ])('of %j is %j, which anyone could have chosen', (name, expected) => {
    expect(nameFrom(name)).toBe(expected);
    expect(shortName.safeParse(expected).success).toBe(true);
  });
});
