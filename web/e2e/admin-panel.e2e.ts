import { expect } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';

import { linkLastfm, register, scrobbleByHand, signIn, test } from './journey';

test.use({ actionTimeout: 15_000 });

test('an administrator sends a scrobble again that Last.fm did not take', async ({ page, browser, app, picture }) => {
  const listener = await (await browser.newContext({ baseURL: app.origin })).newPage();
  await register(listener, 'helpless@example.org');
  await linkLastfm(listener, 'helpless_ear');
  await scrobbleByHand(listener, 'VA', 'Lost Song');
  const id = await listener.evaluate(async () => ((await (await fetch('/api/me')).json()) as { id: string }).id);

  await page.goto('/admin');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, app.admin);
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await picture('panel-refused', ['light', 'phone-dark']);
  await page.getByRole('link', { name: 'Set up a second factor' }).click();
  const factor = page.getByRole('region', { name: 'Second factor' });
  await factor.getByLabel('Current password').fill(app.admin.password);
  await factor.getByRole('button', { name: 'Set it up' }).click();
  const code = new TOTP({ secret: Secret.fromBase32(await factor.getByRole('code').innerText()) }).generate();
  await factor.getByRole('textbox', { name: 'Code' }).fill(code);
  await factor.getByRole('button', { name: 'Switch it on' }).click();
  await factor.getByRole('button', { name: 'I have kept them' }).click();

  await page.goto('/admin');
  await expect(page.getByRole('region', { name: 'Deliveries by state' })).toBeVisible();
  await picture('panel-dashboard', ['light', 'phone']);
  await page.goto('/admin/resources/users');
  await expect(page.getByText('helpless@example.org')).toBeVisible();
  await picture('panel-users', ['light', 'phone']);

  await page.goto(`/admin/resources/scrobbles?filters.userId=${id}`);
  const line = page.getByRole('row').filter({ hasText: 'Lost Song' });
  await expect(line).toContainText('Ignored');
  await picture('panel-scrobbles', ['light']);
  await line.click();
  await expect(page.getByText('Last.fm answered, and left it out.')).toBeVisible();
  await picture('panel-scrobble', ['light']);
  await page.getByRole('link', { name: 'Retry' }).click();
  await expect(page.getByText('Sends it to Last.fm again, as it is.')).toBeVisible();
  await picture('panel-retry', ['light', 'phone']);
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('It is queued and will be sent again.').first()).toBeVisible();

  await page.goto('/admin/resources/audit-trail');
  await expect(page.getByRole('row').filter({ hasText: 'Scrobble Retried By Moderator' })).toContainText(
    'Administrator',
  );
  await picture('panel-audit-trail', ['light']);
});
