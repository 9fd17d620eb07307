import { expect } from '@playwright/test';

import { register, signIn, test } from './journey';

test('a wrong password is answered with a sentence', async ({ page, app, picture }) => {
  await page.goto('/sign-in');
  await signIn(page, { ...app.demo, password: 'not the password' });
  await expect(page.getByRole('alert')).toHaveText('This e-mail address and password do not match an account.');
  await picture('sign-in-refused', ['light', 'dark']);
  await signIn(page, app.demo);
  await expect(page.getByRole('heading', { name: 'Hello, Demo' })).toBeVisible();
});

test('every page says what to do while there is nothing on it yet', async ({ page, picture }) => {
  await page.goto('/register');
  await picture('register', ['light', 'phone']);
  await register(page, 'empty@example.org');
  for (const [address, words] of [
    ['/playlists', 'No playlists yet'],
    ['/auto-scrobble', 'Link Last.fm first'],
    ['/history', 'Nothing scrobbled yet'],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: words })).toBeVisible();
    await picture(`empty${address.replace('/', '-')}`, ['light', 'phone']);
  }
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await picture('not-found', ['light', 'dark']);
});
