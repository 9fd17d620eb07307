export const passwordReset = {
  forgotten: 'Forgot your password?',
  forgotTitle: 'Forgot your password?',
  forgotLead: 'Enter your e-mail address. We send you a link that sets a new one.',
  askOperator: 'This installation sends no mail. Ask whoever runs it for a link that sets a new password.',
  sendLink: 'Send me a link',
  mailSent: (email: string) =>
    `If ${email} has an account here, a mail with a link is on its way. The link works for 60 minutes.`,
  backToSignIn: 'Back to sign in',
  resetTitle: 'Set a new password',
  resetLead: 'Every browser is signed out. Then sign in with the new one.',
  newPassword: 'New password',
  set: 'Set password',
  resetDone: 'Your new password is set. Every browser is signed out.',
  linkIncomplete: 'This address is incomplete. Open the link from your mail once more, or ask for a new one.',
  askAgain: 'Ask for a new link',
} as const;
