/** Where the dashboard shows the ways in to someone who is signed in. */
export const SETTINGS_PAGE = '/settings/security';
export const SIGN_IN_PAGE = '/sign-in';
export const SECOND_FACTOR_PAGE = '/sign-in/code';
