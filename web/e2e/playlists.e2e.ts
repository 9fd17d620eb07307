import { expect } from '@playwright/test';

import { register, test } from './journey';

test('a playlist is renamed, edited and deleted', async ({ page, picture }) => {
  await register(page, 'editor@example.org');
  await page.goto('/playlists/import');
  await page
    .getByLabel('Playlist file')
    .setInputFiles({ name: 'mine.txt', mimeType: 'text/plain', buffer: Buffer.from('A - One\nB - Two\nC - Three\n') });
  await page.getByRole('link', { name: 'Open the playlist' }).click();
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Rename' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename the playlist' });
  await dialog.getByLabel('Title').fill('Evening');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByRole('heading', { name: 'Evening' })).toBeVisible();

  await main.getByRole('button', { name: 'Edit tracks' }).click();
  await main.getByRole('button', { name: 'Remove Two' }).click();
  await main.getByLabel('Artist').fill('D');
  await main.getByLabel('Title').fill('Four');
  await main.getByLabel('Title').press('Enter');
  await picture('playlist-editor', ['light', 'dark', 'phone']);
  await main.getByRole('button', { name: 'Save tracks' }).click();
  await expect(main.getByRole('table', { name: 'Tracks' }).getByRole('row')).toContainText([
    'Title',
    'One',
    'Three',
    'Four',
  ]);

  await main.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(main.getByRole('heading', { name: 'No playlists yet' })).toBeVisible();
});

test('a file that cannot be read is answered with a sentence', async ({ page, picture }) => {
  await register(page, 'unreadable@example.org');
  await picture('home-empty');
  await page.goto('/playlists/import');
  const picturesOnly = {
    name: 'cover.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([0x89, 0x50, 0, 1, 2, 3, 0, 255]),
  };
  await page.getByLabel('Playlist file').setInputFiles(picturesOnly);
  await expect(page.getByRole('alert')).toContainText('This file is not plain text');
  await picture('playlist-import-refused', ['light']);
});

test('rows that are not understood are listed, one by one', async ({ page, picture }) => {
  await register(page, 'rows@example.org');
  await page.goto('/playlists/import');
  await page.getByRole('radio', { name: 'From a file' }).press('ArrowRight');
  await page.getByLabel('Songs').fill('Nina Simone - Sinnerman\nno dash here\nPortishead – Roads');
  await page.getByRole('button', { name: 'Import this list' }).click();
  const row = page.getByRole('table', { name: '1 row was not understood' }).getByRole('row').nth(1);
  await expect(row).toContainText('no dash here');
  await picture('playlist-import-report', ['light', 'phone']);
});
