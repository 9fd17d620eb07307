import { expect } from '@playwright/test';

import { register, test } from './journey';

const DEEZER_LINK = 'https://www.deezer.com/playlist/10000000006';

test('playlists come from a connected Spotify account and from a link', async ({ page, picture }) => {
  await register(page, 'collector@example.org');
  await page.goto('/playlists/import');
  const main = page.getByRole('main');
  await main.getByText('Spotify', { exact: true }).click();
  await main.getByRole('link', { name: 'Connect Spotify' }).click();
  await page.getByLabel('Spotify username').fill('collector');
  await page.getByRole('button', { name: 'Agree' }).click();

  await expect(main.getByText('Your Spotify account is connected.')).toBeVisible();
  await main.getByLabel('Mixed bag').check();
  await picture('spotify-import', ['light', 'dark', 'phone']);
  await main.getByRole('button', { name: 'Import 1 playlist' }).click();
  const outcomes = main.getByRole('status', { name: 'What became of them' });
  await expect(outcomes).toContainText('4 of 7 tracks imported');

  await main.getByText('Link', { exact: true }).click();
  await main.getByLabel('Link to a playlist').fill('https://open.spotify.com/playlist/SandboxFollowed0000001');
  await main.getByRole('button', { name: 'Import from this link' }).click();
  await expect(main.getByRole('alert')).toContainText('Spotify hands out only playlists that you own');
  await expect(main.getByRole('button', { name: 'Import a file instead' })).toBeVisible();
  await main.getByLabel('Link to a playlist').fill(DEEZER_LINK);
  await main.getByRole('button', { name: 'Import from this link' }).click();
  await expect(main.getByRole('heading', { name: 'Lo-Fi Beats' })).toBeVisible();
  await expect(main.getByText('All 596 tracks are there.')).toBeVisible();
  await picture('link-import-done', ['light', 'phone']);

  await main.getByRole('link', { name: 'Open the playlist' }).click();
  await main.getByRole('button', { name: 'Refresh from source' }).click();
  await expect(main.getByText('nothing to change')).toBeVisible();
  await page.goto('/settings/spotify');
  const listening = main.getByRole('switch', { name: 'Scrobble what I hear at Spotify' });
  await listening.click();
  await expect(listening).toBeChecked();
  await expect(main.getByText('collector', { exact: true })).toBeVisible();
  await main.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(main.getByRole('link', { name: 'Connect Spotify' })).toBeVisible();
});
