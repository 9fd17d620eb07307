import { pageOfOurs } from './return-address.js';

describe('the page to end on after signing in', () => {
  it.each(['/', '/playlists?q=a%20b', '/history#top', '/settings/security'])('may be %s', (page) => {
    expect(pageOfOurs(page, 'https://scrobbler.example')).toBe(page);
  });

  it.each([
    null,
    '',
    'playlists',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    '/api/me',
    '/%2e/api',
    '/x/../api/auth/logout',
    `/${'x'.repeat(600)}`,
  ])('is never %j', (page) => {
    expect(pageOfOurs(page, 'https://scrobbler.example')).toBeNull();
  });
});
