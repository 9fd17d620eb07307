import { expect } from '@playwright/test';

import { signIn, test } from './journey';

test('the pages keep to a content security policy that is in force', async ({ browser, app }) => {
  const page = await browser.newPage(); // Any other one of ours would fail for what is tried here.
  await page.goto(`${app.origin}/sign-in`);
  const outcome = await page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.body.append(script);
    await fetch('http://127.0.0.1:9/').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { violated, wasRun: 'wasRun' in window };
  });
  await page.close();
  expect(outcome).toEqual({ violated: ['script-src-elem', 'connect-src'], wasRun: false });
});

test('the description of the API works within its policy', async ({ page }) => {
  await page.goto('/api/docs');
  await expect(page.getByRole('heading', { name: 'Universal Scrobbler' })).toBeVisible();
  await expect(page.getByRole('link', { name: '/api/health/live' })).toBeVisible();
});

for (const address of [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/%09/evil.example',
  'javascript:alert(1)',
]) {
  test(`signing in never leads away to ${address}`, async ({ page, app }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(address)}`);
    await signIn(page, app.demo);
    await expect(page).not.toHaveURL(/\/sign-in/);
    expect(new URL(page.url()).origin).toBe(app.origin);
  });
}
