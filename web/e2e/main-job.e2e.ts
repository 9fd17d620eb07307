import path from 'node:path';

import { expect } from '@playwright/test';

import { signIn, test } from './journey';

const SAMPLE = path.join(import.meta.dirname, '..', '..', 'samples', 'lo-fi-beats.exportify.csv');
/** The shortest pace, and some room for the delivery. */
const FIRST_SCROBBLE_MS = 100_000;

test('a listener links Last.fm, uploads a playlist and auto-scrobbles it', async ({ page, app, picture }) => {
  await page.goto('/auto-scrobble');
  await expect(page.getByText('Sandbox: no scrobble reaches the real Last.fm.')).toBeVisible();
  await picture('sign-in');
  await signIn(page, app.demo);

  await expect(page).toHaveURL('/auto-scrobble');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'Go to Last.fm' }).click();
  await picture('lastfm-not-linked');
  await main.getByRole('button', { name: 'Link Last.fm' }).click();
  await page.getByLabel('Last.fm username').fill('night_owl');
  await page.getByRole('button', { name: 'Yes, allow access' }).click();
  await expect(main.getByRole('status').filter({ hasText: 'night_owl is linked' })).toBeVisible();
  await expect(page).toHaveURL('/lastfm');
  await picture('lastfm-linked');

  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: 'Playlists' }).click();
  await main.getByRole('link', { name: 'Import a playlist' }).first().click();
  await picture('playlist-import');
  await main.getByLabel('Playlist file').setInputFiles(SAMPLE);
  await expect(main.getByRole('status').filter({ hasText: 'is imported' })).toBeVisible();
  await picture('playlist-imported');
  await main.getByRole('link', { name: 'Open the playlist' }).click();
  await expect(main.getByRole('table', { name: 'Tracks' })).toBeVisible();
  await picture('playlist');

  await main.getByRole('link', { name: 'Auto-scrobble this' }).click();
  await main.getByLabel('Minutes between tracks').fill('1');
  await main.getByRole('button', { name: 'Show the plan' }).click();
  const firstPlay = main.getByRole('table', { name: 'First plays' }).getByRole('row').nth(1);
  await expect(firstPlay).toBeVisible();
  const firstTitle = await firstPlay.getByRole('cell').nth(1).innerText();
  await picture('auto-scrobble-plan');
  await main.getByRole('button', { name: 'Start auto-scrobbling' }).click();
  await expect(main.getByText('Running')).toBeVisible();
  await picture('auto-scrobble-running');

  await navigation.getByRole('link', { name: 'Home' }).click();
  const latest = main.getByRole('list', { name: 'Latest scrobbles' }).getByRole('listitem');
  const first = latest.filter({ hasText: firstTitle });
  await expect(first.getByText('Scrobbled')).toBeVisible({ timeout: FIRST_SCROBBLE_MS });
  await picture('home');

  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'sandbox profile' }).first().click();
  const profile = await opened;
  await expect(profile.getByRole('heading', { name: 'night_owl' })).toBeVisible();
  await expect(profile.getByRole('row').nth(1)).toContainText(firstTitle);
  await profile.close();

  await main.getByRole('button', { name: 'Pause' }).click();
  await expect(main.getByText('Paused by you.')).toBeVisible();
  await main.getByRole('button', { name: 'Resume' }).click();
  await expect(main.getByText('Running')).toBeVisible();
  await main.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(main.getByText('Nothing is playing')).toBeVisible();

  await navigation.getByRole('link', { name: 'History' }).click();
  const played = main.getByRole('table', { name: 'History' }).getByRole('row').filter({ hasText: firstTitle });
  await expect(played.getByText('Scrobbled')).toBeVisible();
  await expect(played.getByText('Auto-scrobble')).toBeVisible();
  await played.getByRole('button', { name: `Details of ${firstTitle}` }).click();
  await expect(main.getByText('Last.fm took it.')).toBeVisible();
  await picture('history');

  await navigation.getByRole('link', { name: 'Statistics' }).click();
  await expect(main.getByRole('region', { name: 'Top tracks' })).toContainText(firstTitle);

  await navigation.getByRole('link', { name: 'Auto-scrobble' }).click();
  await expect(main.getByRole('table', { name: 'Past auto-scrobbles' }).getByText('Stopped')).toBeVisible();
  await picture('auto-scrobble');
  await navigation.getByRole('link', { name: 'Playlists' }).click();
  await expect(main.getByRole('table', { name: 'Playlists' })).toBeVisible();
  await picture('playlists');
});
