import { expect } from '@playwright/test';

import { register, test } from './journey';

test('the browser that comes back from Last.fm signed out is asked whose account it is', async ({
  page,
  browser,
  baseURL,
  picture,
}) => {
  await register(page, 'two-browsers@example.org');
  await page.goto('/lastfm');
  await page.getByRole('button', { name: 'Link Last.fm' }).click();
  await page.getByLabel('Last.fm username').waitFor();

  const elsewhere = await browser.newPage({ ...(baseURL !== undefined && { baseURL }) });
  await elsewhere.goto(page.url());
  await elsewhere.getByLabel('Last.fm username').fill('early_bird');
  await elsewhere.getByRole('button', { name: 'Yes, allow access' }).click();
  await expect(elsewhere.getByText('Link the Last.fm account early_bird to the user New listener here?')).toBeVisible();
  await elsewhere.getByRole('button', { name: 'Yes, link them' }).click();
  await expect(elsewhere.getByRole('status').filter({ hasText: 'early_bird is linked' })).toBeVisible();
  await elsewhere.close();

  await page.goto('/lastfm?error=lastfm_access_denied');
  await expect(page.getByRole('alert')).toContainText('Last.fm did not confirm the access.');
  await expect(page).toHaveURL('/lastfm');
  await expect(page.getByRole('heading', { name: 'early_bird' })).toBeVisible();
  await picture('lastfm-denied', ['light']);
});

test('a listener switches scrobbling off, disconnects and signs out', async ({ page, picture }) => {
  await register(page, 'leaving@example.org');
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Link Last.fm' }).click();
  await page.getByLabel('Last.fm username').fill('last_dance');
  await page.getByRole('button', { name: 'Yes, allow access' }).click();
  const toggle = main.getByRole('switch', { name: 'Scrobbling' });
  await expect(toggle).toBeChecked();
  await toggle.press('Space');
  await expect(toggle).not.toBeChecked();
  await page.reload();
  await expect(toggle).not.toBeChecked();
  const check = main.getByRole('switch', { name: 'Check once a day that my scrobbles are on my profile' });
  await expect(check).not.toBeChecked();
  await check.press('Space');
  await expect(check).toBeChecked();
  await page.reload();
  await expect(check).toBeChecked();
  await picture('lastfm-checked', ['light', 'phone-dark']);

  await main.getByRole('button', { name: 'Disconnect' }).click();
  const question = page.getByRole('dialog', { name: 'Disconnect last_dance?' });
  await expect(question).toContainText('Nothing is scrobbled any more, and auto-scrobbling stops.');
  await picture('lastfm-disconnect', ['light', 'phone-dark']);
  await question.getByRole('button', { name: 'Disconnect' }).click();
  await expect(main.getByRole('heading', { name: 'No Last.fm account is linked' })).toBeVisible();

  await page.getByRole('button', { name: 'Account of New listener' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.goto('/history?state=failed');
  await expect(page).toHaveURL('/sign-in?next=%2Fhistory%3Fstate%3Dfailed');
});

test('a listener who comes back as another Last.fm user is asked, and the new account takes over', async ({
  page,
  picture,
}) => {
  await register(page, 'two-names@example.org');
  const allowAs = async (username: string): Promise<void> => {
    await page.getByLabel('Last.fm username').fill(username);
    await page.getByRole('button', { name: 'Yes, allow access' }).click();
  };
  await page.getByRole('main').getByRole('button', { name: 'Link Last.fm' }).click();
  await allowAs('first_name');
  await expect(page.getByRole('heading', { name: 'first_name' })).toBeVisible();

  const { url } = await page.evaluate(
    async () => (await (await fetch('/api/lfm/auth/start')).json()) as { url: string },
  );
  await page.goto(url);
  await allowAs('second_name');
  await expect(
    page.getByText('You came back from Last.fm as second_name, but first_name is linked here.'),
  ).toBeVisible();
  await expect(page.getByText('Nothing waits for first_name.')).toBeVisible();
  await picture('lastfm-replace', ['light', 'phone-dark']);
  await page.getByRole('button', { name: 'Change to second_name' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'second_name is linked' })).toBeVisible();
  await page.goto('/lastfm');
  await expect(page.getByRole('heading', { name: 'second_name' })).toBeVisible();
});
