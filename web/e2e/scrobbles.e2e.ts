import { expect } from '@playwright/test';

import { linkLastfm, register, scrobbleByHand, test } from './journey';

/** Last.fm, and so the sandbox, takes no play of an artist of this name. */
const IGNORED_ARTIST = 'VA';

test('the home page counts what Last.fm took today', async ({ page, picture }) => {
  await register(page, 'counting@example.org');
  await expect(page.getByRole('region', { name: 'Today’s scrobbles' })).toBeHidden();
  await linkLastfm(page, 'counting_crow');
  const today = page.getByRole('region', { name: 'Today’s scrobbles' });
  await expect(today.getByText('0 of 600')).toBeVisible();
  await scrobbleByHand(page, 'bjork', 'Hyperballad');
  await expect(today.getByText('1 of 600')).toBeVisible();
  await expect(today.getByText('By hand 1')).toBeVisible();
  await expect(today.getByRole('meter', { name: 'Scrobbles today' })).toBeVisible();
  await picture('home-budget', ['light', 'dark', 'phone', 'phone-dark']);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Details of Hyperballad' }).click();
  await expect(page.getByText('Björk sent as bjork')).toBeVisible();
});

test('a play that Last.fm ignored is corrected, sent again and arrives', async ({ page, picture }) => {
  await register(page, 'correcting@example.org');
  await linkLastfm(page, 'careful_ear');
  await scrobbleByHand(page, 'Portishead', 'Roads');
  await scrobbleByHand(page, IGNORED_ARTIST, 'Glory Box');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  const main = page.getByRole('main');
  const line = main.getByRole('row').filter({ hasText: 'Glory Box' });
  await expect(line.getByText('Ignored by Last.fm')).toBeVisible();
  await expect(line.getByText('Last.fm ignores this artist name.')).toBeVisible();
  await line.getByRole('button', { name: 'Details of Glory Box' }).click();
  await main.getByRole('button', { name: 'Fix and send again' }).press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Fix and send again' });
  await expect(dialog.getByLabel('Artist', { exact: true })).toHaveValue(IGNORED_ARTIST);
  await dialog.getByLabel('Artist', { exact: true }).fill('Portishead');
  await dialog.getByLabel('Length').fill('soon');
  await dialog.getByLabel('Title').fill('Roads');
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(dialog.getByText('Enter minutes and seconds')).toBeVisible();
  await dialog.getByLabel('Length').fill('5:06');
  await dialog.getByLabel('Length').press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The same track was scrobbled within 30 seconds');
  await picture('history-resend', ['light', 'dark', 'phone', 'phone-dark']);
  await dialog.getByLabel('Title').fill('Glory Box');
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(dialog).toBeHidden();

  await expect(line.getByText('Scrobbled')).toBeVisible();
  await expect(line.getByText('Portishead')).toBeVisible();
  const trace = main.getByRole('region', { name: 'Sent again' });
  await expect(trace).toContainText('It had been sent with artist “VA”, no length.');
  await picture('history-resent', ['light', 'dark', 'phone', 'phone-dark']);

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'sandbox profile' }).first().click();
  const profile = await opened;
  await expect(profile.getByRole('row').filter({ hasText: 'Glory Box' })).toContainText('Portishead');
  await profile.close();
});

test('what failed and what Last.fm ignored is sent again in one go', async ({ page, picture }) => {
  await register(page, 'again@example.org');
  await linkLastfm(page, 'second_try');
  await scrobbleByHand(page, IGNORED_ARTIST, 'One');
  await scrobbleByHand(page, IGNORED_ARTIST, 'Two');
  await page.goto('/history?state=ignored&source=manual');
  const main = page.getByRole('main');
  await expect(main.getByRole('row').filter({ hasText: 'Last.fm ignores this artist name.' })).toHaveCount(2);
  const retry = main.getByRole('button', { name: 'Retry all failed' });
  const dialog = page.getByRole('dialog', { name: 'Send again what failed?' });

  await retry.click();
  await dialog.getByRole('checkbox', { name: 'Also what Last.fm ignored' }).uncheck();
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('There is nothing that could be sent again.')).toBeVisible();
  await expect(dialog).toBeHidden();

  await retry.press('Enter');
  await expect(dialog.getByRole('checkbox', { name: 'Also what Last.fm ignored' })).toBeChecked();
  await picture('history-retry', ['light', 'phone-dark']);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('2 scrobbles are on their way again.')).toBeVisible();
  await main.getByRole('button', { name: 'Details of Two' }).click();
  await expect(main.getByRole('region', { name: 'Sent again' })).toContainText('Last.fm said “Artist was ignored”.');
});
