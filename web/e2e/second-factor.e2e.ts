import { expect } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';

import { register, signIn, test } from './journey';

const PERIOD_MS = 30_000;

test.use({ actionTimeout: 15_000 });

test('someone switches a second factor on, and signs in with a code', async ({ page, picture }) => {
  const who = { email: 'second-factor@example.org', password: 'correct horse battery' };
  await register(page, who.email);
  await page.goto('/settings/security');
  const panel = page.getByRole('region', { name: 'Second factor' });
  await panel.getByLabel('Current password').fill(who.password);
  await panel.getByRole('button', { name: 'Set it up' }).click();
  const app = new TOTP({ secret: Secret.fromBase32(await panel.getByRole('code').innerText()) });
  await picture('second-factor-setup', ['light', 'phone-dark']);
  await panel.getByRole('textbox', { name: 'Code' }).fill(app.generate());
  await panel.getByRole('button', { name: 'Switch it on' }).click();
  await expect(panel.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await picture('second-factor-codes', ['light', 'phone-dark']);
  await panel.getByRole('button', { name: 'I have kept them' }).click();
  await expect(panel.getByText('10 recovery codes are left.')).toBeVisible();

  await page.getByRole('button', { name: 'Account of New listener' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, who);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  const code = page.getByRole('textbox', { name: 'Code' });
  await expect(code).toBeFocused();
  await code.fill('000000');
  await code.press('Enter');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await picture('sign-in-code-wrong', ['light', 'phone-dark']);
  // Each code lets in once, so this is the one that comes next.
  await code.fill(app.generate({ timestamp: Date.now() + PERIOD_MS }));
  await code.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hello, New listener' })).toBeVisible();
});
