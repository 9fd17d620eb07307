/** Plain text: nothing in it is fetched from anywhere, and every program shows the whole link. */
export function resetMail(link: string): { subject: string; text: string } {
  return {
    subject: 'Set a new password',
    text: [
      'Somebody, hopefully you, has asked to set a new password at Universal Scrobbler. Open this address within 60 minutes:',
      '',
      link,
      '',
      'It works once, and signs you out everywhere. If it was not you, do nothing: your password stays as it is.',
      '',
    ].join('\n'),
  };
}
