import { newTotpSecret, stepOfCode, totpAddress } from './totp.js';

/** "12345678901234567890", the secret of RFC 6238, appendix B; its codes there have eight digits, ours the last six. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('codes of an authenticator app', () => {
  it.each([
    { seconds: 59, code: '287082' },
    { seconds: 1_111_111_109, code: '081804' },
    { seconds: 1_234_567_890, code: '005924' },
    { seconds: 20_000_000_000, code: '353130' },
  ])('are those of RFC 6238 at $seconds s', ({ seconds, code }) => {
    expect(stepOfCode(RFC_SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('may be one step off either way, and no further', () => {
    const step = Math.floor(1_111_111_109 / 30);
    const moments = [-2, -1, 0, 1, 2].map((steps) => at(1_111_111_109 + steps * 30));

    expect(moments.map((moment) => stepOfCode(RFC_SECRET, '081804', moment))).toEqual([null, step, step, step, null]);
  });

  it.each(['', '08180', '0818044', 'abcdef', '081804 '])('are not %j', (code) => {
    expect(stepOfCode(RFC_SECRET, code, at(1_111_111_109))).toBeNull();
  });

  it('come from a secret of 160 bits that the address carries with its account', () => {
    const secret = newTotpSecret();

    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpAddress(secret, 'ada@example.org')).toBe(
      `otpauth://totp/Universal%20Scrobbler:ada%40example.org?issuer=Universal%20Scrobbler&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
