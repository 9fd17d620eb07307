export const account = {
  signInTitle: 'Sign in',
  signInLead: 'Everything you listen to reaches your Last.fm profile, exactly once.',
  registerTitle: 'Create your account',
  registerLead: 'Then link Last.fm, bring a playlist, and start scrobbling.',
  email: 'E-mail address',
  password: 'Password',
  passwordHint: 'At least 8 characters',
  passwordTooShort: 'Use at least 8 characters.',
  displayName: 'Display name',
  displayNameHint: 'How we address you. You can change it later.',
  displayNameMissing: 'Enter a name.',
  emailMissing: 'Enter your e-mail address.',
  emailWrong: 'This does not look like an e-mail address.',
  passwordMissing: 'Enter your password.',
  signIn: 'Sign in',
  register: 'Create account',
  continueWith: (label: string) => `Continue with ${label}`,
  orByEmail: 'or by e-mail',
  signInFailed: 'You are not signed in',
  signInFailures: {
    sign_in_unknown: 'This sign-in was not started here, or it was used already. Start again.',
    sign_in_expired: 'Signing in took longer than 30 minutes. Start again.',
    sign_in_foreign: 'This was started in another browser, or as another user. Start again in this one.',
    sign_in_cancelled: 'You did not allow it there, so nothing has changed here.',
    sign_in_refused:
      'It was not confirmed who you are. Start again; if that does not help, use another way to sign in.',
    sign_in_unavailable:
      'This way to sign in does not answer at the moment. Try again in a few minutes, or use another one.',
    identity_belongs_to_another_user: 'Another user here signs in with this already.',
    user_merge_privileged:
      'That belongs to a moderator or an administrator here. Sign in to that account, and merge this one into it from there.',
    user_merge_second_factor:
      'That belongs to an account with a second factor. Sign in to it, and merge this one into it from there.',
    lastfm_username_taken:
      'A user here scrobbles to this Last.fm account already. If that is you, sign in as before and add Last.fm in the settings.',
    lastfm_access_denied: 'Last.fm did not confirm the access. Start again and press “Yes, allow access” there.',
    lastfm_unavailable: 'Last.fm does not answer properly at the moment. Please try again in a few minutes.',
    not_signed_in: 'Sign in first. Then add another way in the settings.',
  } as Readonly<Record<string, string>>,
  signInFailedOther: (code: string) => `Something went wrong on the way (${code}). Start again.`,
  noAccountYet: 'No account yet?',
  accountAlready: 'Already have an account?',
  codeTitle: 'Enter your code',
  codeLead: 'Your account is protected by a second factor.',
  code: 'Code',
  codeHint: 'The six digits that your authenticator app shows now, or one of your recovery codes.',
  codeMissing: 'Enter a code.',
  codeNone: 'Took too long, or not you?',
  codeStartAgain: 'Start again',
} as const;

export const lastfm = {
  title: 'Last.fm',
  lead: 'The Last.fm account your scrobbles go to.',
  linkedSuccess: (username: string) => `${username} is linked. What you scrobble goes there from now on.`,
  linkedSuccessNoName: 'Your Last.fm account is linked. What you scrobble goes there from now on.',
  linkFailed: 'Last.fm was not linked',
  linkFailures: {
    lastfm_access_denied: 'Last.fm did not confirm the access. Start again and press “Yes, allow access” there.',
    lastfm_handshake_unknown: 'This link was not started here. Start again with the button below.',
    lastfm_handshake_expired: 'Linking took longer than 60 minutes. Start again with the button below.',
    lastfm_handshake_used: 'This link was used already. Start again if your account is not linked below.',
    lastfm_username_taken:
      'Another user here has just linked this Last.fm account. If that is you too, link it again: you can then merge the two.',
    user_merge_privileged:
      'This Last.fm account is linked to a moderator or an administrator here. If that is you, sign in there, and merge this account into it from there.',
    user_merge_second_factor:
      'This Last.fm account is linked to an account with a second factor. If that is yours, sign in to it, and merge this one into it from there.',
    lastfm_username_differs:
      'Another Last.fm account answered than the one linked here. Start again, and say whether it takes its place.',
    lastfm_unavailable: 'Last.fm does not answer properly at the moment. Please try again in a few minutes.',
  } as Readonly<Record<string, string>>,
  linkFailedOther: (code: string) => `Something went wrong on the way (${code}). Start again with the button below.`,
  notLinkedTitle: 'No Last.fm account is linked',
  notLinkedText:
    'Link yours so that scrobbles can reach it. Last.fm asks you for permission on its own page and sends you back here. Until then, what you scrobble waits.',
  link: 'Link Last.fm',
  linkAgain: 'Link again',
  state: 'State',
  linked: 'Linked',
  rejected: 'Access refused by Last.fm',
  rejectedText: 'Link it again with the same username. Everything that waits is then sent.',
  linkedSince: 'Linked since',
  queued: 'On their way',
  queuedHint: 'Scrobbles that are sent next',
  held: 'Waiting',
  heldHint: 'Scrobbles that wait for something, such as linking again',
  profile: 'Open profile',
  sandboxProfile: 'Open sandbox profile',
  toggle: 'Scrobbling',
  toggleHint: 'Off stops voice scrobbling and pauses auto-scrobbling. Scrobbling by hand goes on.',
  retriesVoice: 'Send scrobbles from voice channels again by themselves',
  retriesVoiceHint:
    'When Last.fm is out of reach, what you heard in a Discord voice channel fails and waits for your click. With this on it is tried again until it arrives.',
  profileChecks: 'Check once a day that my scrobbles are on my profile',
  profileChecksHint: 'What Last.fm took and does not show is marked in your history, and you can send it again.',
  profileCheckedAt: (moment: string) => `Last checked ${moment}.`,
  disconnect: 'Disconnect',
  disconnectTitle: (username: string) => `Disconnect ${username}?`,
  disconnectText: (waiting: number) =>
    waiting === 0
      ? 'Nothing is scrobbled any more, and auto-scrobbling stops. Nothing is waiting at the moment. What Last.fm has already stays there.'
      : `Nothing is scrobbled any more, and auto-scrobbling stops. ${waiting === 1 ? 'The 1 scrobble that waits is' : `The ${waiting} scrobbles that wait are`} cancelled. What Last.fm has already stays there.`,
  disconnected: 'Your Last.fm account is disconnected.',
  confirmTitle: 'Link this Last.fm account?',
  confirmQuestion: (username: string, displayName: string) =>
    `Link the Last.fm account ${username} to the user ${displayName} here?`,
  confirmQuestionDiscord: (username: string, discordName: string) =>
    `Link the Last.fm account ${username} to the Discord user ${discordName}?`,
  confirmWarning:
    'You came back from Last.fm in a browser that is not signed in as this user. Say yes only if both accounts are yours.',
  confirmYes: 'Yes, link them',
  confirmNo: 'No, leave',
  replaceTitle: 'Change to another Last.fm account?',
  replaceQuestion: (offered: string, linked: string) =>
    `You came back from Last.fm as ${offered}, but ${linked} is linked here.`,
  replaceWaiting: (count: number, linked: string) =>
    `${count === 1 ? '1 scrobble waits' : `${count.toLocaleString('en')} scrobbles wait`} for ${linked}. What Last.fm may have taken for ${linked} already is never sent again.`,
  replaceNothingWaits: (linked: string) => `Nothing waits for ${linked}.`,
  replaceSend: (count: number, offered: string) => `Change, and send ${count === 1 ? 'it' : 'them'} to ${offered}`,
  replaceCancel: (count: number) => `Change, and cancel ${count === 1 ? 'it' : 'them'}`,
  replace: (offered: string) => `Change to ${offered}`,
  replaceNo: (linked: string) => `Keep ${linked}`,
  confirmMissing: 'This address is incomplete. Start again from the Last.fm page.',
  confirmedTitle: 'Linked',
  confirmedText: (username: string) => `The Last.fm account ${username} is linked. You can close this page.`,
  toLastfmPage: 'Go to the Last.fm page',
} as const;
