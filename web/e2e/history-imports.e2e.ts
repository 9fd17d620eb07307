import { expect } from '@playwright/test';

import { linkLastfm, register, test } from './journey';

const HOUR = 3600;

test('a listener brings a listening history, keeps it and takes it back', async ({ page, picture }) => {
  await register(page, 'history-imports@example.org');
  await linkLastfm(page, 'history-imports');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Bring a history' }).click();
  await expect(page.getByText('Nothing yet', { exact: true })).toBeVisible();
  await picture('history-imports');

  const yesterday = Math.floor(Date.now() / 1000) - 24 * HOUR;
  const rows = [
    'time,artist,track,album',
    `${yesterday},Sigur Rós,Hoppípolla,Takk...`,
    `${yesterday - HOUR},Sigur Rós,Glósóli,Takk...`,
    `1136073600,Ранок,Пісня,`,
    'soon,Nobody,Nothing,',
  ];
  await page
    .getByLabel('History file')
    .setInputFiles({ name: 'my-history.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });

  await expect(page.getByRole('heading', { name: 'my-history.csv' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What the file holds' })).toBeVisible();
  await expect(page.getByLabel('Send the 2 plays of the last 14 days to Last.fm')).toBeChecked();
  await expect(page.getByText('There is no time that can be read.')).toBeVisible();
  await picture('history-import-preview');
  await page.getByRole('button', { name: 'Keep 3 plays' }).click();

  await expect(page.getByRole('heading', { name: 'What became of it' })).toBeVisible();
  await expect(page.getByText('Scrobbled')).toBeVisible();
  await picture('history-import-result');

  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await expect(page.getByText('1 play removed from your history. 2 plays stayed')).toBeVisible();
});

test('a file that is no listening history is answered with a sentence', async ({ page }) => {
  await register(page, 'no-history@example.org');
  await page.goto('/history/imports');

  await page
    .getByLabel('History file')
    .setInputFiles({ name: 'cat.txt', mimeType: 'text/plain', buffer: Buffer.from('a cat') });

  await expect(page.getByText('This is no listening history we know.')).toBeVisible();
});
