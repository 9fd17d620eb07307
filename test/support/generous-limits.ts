/** Everyone in the tests comes from one address. */
export const GENEROUS_LIMITS = {
  RATE_LIMIT_ADDRESS: '1000000',
  RATE_LIMIT_SIGN_IN: '1000000',
  RATE_LIMIT_BOT: '1000000',
  RATE_LIMIT_USER: '1000000',
};
