import { readFile } from 'node:fs/promises';

import { expect } from '@playwright/test';

import { register, signIn, test } from './journey';

test.use({ actionTimeout: 15_000 });

test('someone sets their account up, takes their data and leaves', async ({ page, browser, app, picture }) => {
  const email = 'settings@example.org';
  await register(page, email);
  await page.getByRole('button', { name: 'Account of New listener' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL('/settings/privacy');
  const main = page.getByRole('main');
  const sections = main.getByRole('navigation', { name: 'Settings' });

  await main.getByLabel('Display name').fill('Grace');
  await main.getByRole('combobox', { name: 'Time zone' }).fill('Berlin');
  await page.getByRole('option', { name: 'Europe/Berlin' }).click();
  await main.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your profile is saved.')).toBeVisible();
  const isPublic = main.getByRole('switch', { name: 'Public profile' });
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await isPublic.click();
  expect((await saved).status()).toBe(200);
  await expect(isPublic).toBeFocused();
  await picture('settings-privacy');
  await page.reload();
  await expect(main.getByLabel('Display name')).toHaveValue('Grace');
  await expect(main.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Berlin');
  await expect(isPublic).toBeChecked();

  await sections.getByRole('link', { name: 'Other programs' }).click();
  await expect(main.getByRole('heading', { name: 'No tokens yet' })).toBeVisible();
  await main.getByLabel('Name', { exact: true }).fill('Kitchen radio');
  await main.getByLabel('Change', { exact: true }).check();
  await main.getByRole('button', { name: 'Create token' }).click();
  const token = await main.getByLabel('Token', { exact: true }).innerText();
  const request = { headers: { authorization: `Bearer ${token}` } };
  expect((await (await browser.newContext()).request.get(`${app.origin}/api/me`, request)).status()).toBe(200);
  await picture('settings-programs');
  await main.getByRole('button', { name: 'Revoke Kitchen radio' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(main.getByRole('heading', { name: 'No tokens yet' })).toBeVisible();
  expect((await (await browser.newContext()).request.get(`${app.origin}/api/me`, request)).status()).toBe(401);

  const elsewhere = await (await browser.newContext({ baseURL: app.origin })).newPage();
  await elsewhere.goto('/sign-in');
  await signIn(elsewhere, { email, password: 'correct horse battery' });
  await expect(elsewhere.getByRole('heading', { name: 'Hello, Grace' })).toBeVisible();
  await sections.getByRole('link', { name: 'Security' }).click();
  const logins = main.getByRole('list', { name: 'Where you are signed in' }).getByRole('listitem');
  await expect(logins).toHaveCount(2);
  await picture('settings-security', ['light', 'dark', 'phone', 'phone-dark']);
  await logins.getByRole('button', { name: 'Sign out' }).click();
  await expect(logins).toHaveCount(1);
  await expect(logins.getByText('This browser')).toBeVisible();
  await elsewhere.goto('/history');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await expect(main.getByText('A personal token was revoked: Kitchen radio')).toBeVisible();

  await sections.getByRole('link', { name: 'Your data' }).click();
  await main.getByRole('button', { name: 'Prepare my data' }).click();
  const offer = main.getByRole('link', { name: /^Download/ });
  await expect(offer).toBeVisible({ timeout: 20_000 });
  await picture('settings-data');
  const downloading = page.waitForEvent('download');
  await offer.click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^universal-scrobbler-.*\.zip$/);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');

  await main.getByRole('button', { name: 'Delete my account' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete everything' })).toBeDisabled();
  await dialog.getByLabel('Type “delete” to confirm').fill('delete');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page).toHaveURL('/register');
  await page.goto('/sign-in');
  await signIn(page, { email, password: 'correct horse battery' });
  await expect(page.getByRole('alert')).toHaveText('This e-mail address and password do not match an account.');
});
