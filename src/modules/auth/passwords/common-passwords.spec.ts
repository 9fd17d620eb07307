import { isCommonPassword } from './common-passwords.js';

describe('the list of common passwords', () => {
  it.each(['password', 'Password1', 'QWERTYUIOP', '1234567890'])('holds %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each(['correct horse battery', 'kleine gelbe Ente', 'x7-Kuvert-Mond'])('does not hold %s', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });
});
