import { expect } from '@playwright/test';

import { test } from './journey';

test('a listener comes by Discord, adds Last.fm, and cannot lock themselves out', async ({ page, picture }) => {
  await page.goto('/history');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await picture('sign-in-providers', ['light', 'phone-dark']);
  await page.getByRole('link', { name: 'Continue with Discord' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('You did not allow it there');

  await page.getByRole('link', { name: 'Continue with Discord' }).click();
  await page.getByLabel('Discord username').fill('grace');
  await page.getByRole('button', { name: 'Authorize' }).click();
  await expect(page.getByRole('heading', { name: 'Hello, Grace' })).toBeVisible();

  await page.goto('/settings/security');
  const ways = page.getByRole('region', { name: 'Ways to sign in' });
  await ways.getByRole('link', { name: 'Add Last.fm' }).click();
  await page.getByLabel('Last.fm username').fill('grace_plays');
  await page.getByRole('button', { name: 'Yes, allow access' }).click();
  await expect(ways.getByRole('status').filter({ hasText: 'One more way to sign in is added.' })).toBeVisible();
  await expect(ways).toContainText('grace_plays');
  await picture('settings-identities', ['light', 'phone-dark']);
  await page.goto('/lastfm');
  await expect(page.getByRole('heading', { name: 'grace_plays' })).toBeVisible();

  await page.goto('/settings/security');
  await ways.getByRole('button', { name: 'Remove Discord: Grace' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(ways.getByRole('link', { name: 'Add Discord' })).toBeVisible();
  await ways.getByRole('button', { name: 'Remove Last.fm: grace_plays' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('This is your last way to sign in.')).toBeVisible();
});
