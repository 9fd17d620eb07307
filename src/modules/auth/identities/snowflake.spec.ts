import { isSnowflake } from './snowflake.js';

describe('a snowflake', () => {
  it.each(['1', '80351110224678912', '18446744073709551615'])('is %s', (text) => {
    expect(isSnowflake(text)).toBe(true);
  });

  it.each([
    '',
    '0',
    '080351110224678912',
    '18446744073709551616',
    '99999999999999999999',
    '-1',
    '1e3',
    ' 1',
    '1 ',
    '１',
    '0x1',
    '1.0',
  ])('is not "%s"', (text) => {
    expect(isSnowflake(text)).toBe(false);
  });
});
