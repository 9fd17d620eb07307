import path from 'node:path';

import { expect, type Page, test as base } from '@playwright/test';

import { RunningApp } from './running-app';

const screenshots = path.join(import.meta.dirname, '..', '..', 'test-results', 'screenshots');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

interface Own {
  /** Keeps what the page looks like now, in light and dark, or at phone width. */
  picture: (name: string, looks?: readonly Look[]) => Promise<void>;
}
type Look = 'light' | 'dark' | 'phone' | 'phone-dark';

/**
 * A journey through the running application, which all journeys of a run share. It fails when any page does what the
 * content security policy forbids.
 */
export const test = base.extend<Own, { app: RunningApp }>({
  app: [
    async ({}, provide) => {
      const app = await RunningApp.start();
      await provide(app);
      await app.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ app }, provide) => {
    await provide(app.origin);
  },
  page: async ({ page }, provide) => {
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) {
        violations.push(`${page.url()}: ${message.text()}`);
      }
    });
    await provide(page);
    expect(violations, 'What the content security policy forbids on the pages of this journey').toEqual([]);
  },
  picture: async ({ page }, provide) => {
    await provide(async (name, looks = ['light', 'dark', 'phone']) => {
      for (const look of looks) {
        await page.emulateMedia({ colorScheme: look.endsWith('dark') ? 'dark' : 'light', reducedMotion: 'reduce' });
        await page.setViewportSize(look.startsWith('phone') ? PHONE : DESKTOP);
        await page.screenshot({
          path: path.join(screenshots, `${name}-${look}.png`),
          fullPage: true,
          animations: 'disabled',
          style: '.toasts { visibility: hidden; }',
        });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(DESKTOP);
    });
  },
});

export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A listener nobody has seen before, at the home page. */
export async function register(page: Page, email: string): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('Display name').fill('New listener');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Hello, New listener' }).waitFor();
}

/** Gives the listener a Last.fm account of the sandbox, and comes back to the home page. */
export async function linkLastfm(page: Page, username: string): Promise<void> {
  await page.goto('/lastfm');
  await page.getByRole('main').getByRole('button', { name: 'Link Last.fm' }).click();
  await page.getByLabel('Last.fm username').fill(username);
  await page.getByRole('button', { name: 'Yes, allow access' }).click();
  await page
    .getByRole('status')
    .filter({ hasText: `${username} is linked` })
    .waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click();
}

/** Enters a play by hand on the home page. */
export async function scrobbleByHand(page: Page, artist: string, title: string): Promise<void> {
  const form = page.getByRole('region', { name: 'Scrobble one track' });
  await form.getByLabel('Artist').fill(artist);
  await form.getByLabel('Title').fill(title);
  // Not a click: where many toasts are shown they may lie over the button.
  await form.getByLabel('Title').press('Enter');
  await page.getByText(`“${title}” is recorded.`).waitFor();
}
