import { expect, type Locator, type Page } from '@playwright/test';

import { register, test } from './journey';

/** A playlist of the signed-in listener, written over HTTP by their own browser. */
async function playlistOf(page: Page, titles: string[]): Promise<string> {
  return page.evaluate(async (names) => {
    const tracks = names.map((title, index) => ({
      artist: `Artist ${index % 7}`,
      title,
      album: 'Album',
      durationSeconds: 200,
    }));
    const response = await fetch('/api/playlists', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Long', tracks }),
    });
    return ((await response.json()) as { id: string }).id;
  }, titles);
}

test('ten thousand tracks are edited in place, and every change can be taken back', async ({ page, picture }) => {
  await register(page, 'editor@example.org');
  const id = await playlistOf(
    page,
    Array.from({ length: 9_990 }, (_, index) => (index === 4_999 ? 'Song 2' : `Song ${index + 1}`)),
  );
  await page.goto(`/playlists/${id}`);
  const main = page.getByRole('main');
  const table = main.getByRole('table', { name: 'Tracks' });
  const rows = table.getByRole('row');
  const toolbar = main.getByRole('toolbar');
  await expect(table).toHaveAttribute('aria-rowcount', '9991');
  await expect(rows.nth(2)).toContainText('Song 2');

  await table.getByLabel('Select Song 1', { exact: true }).press('Alt+ArrowDown');
  await expect(rows.nth(1)).toContainText('Song 2');
  await expect(table.getByLabel('Select Song 1', { exact: true })).toBeFocused();
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(rows.nth(1)).toContainText('Song 1');

  await drag(page, table.getByRole('button', { name: 'Move Song 1', exact: true }), rows.nth(4));
  await expect(rows.nth(1)).toContainText('Song 2');
  await table.getByLabel('Select Song 3', { exact: true }).check();
  await picture('playlist-editor', ['light', 'dark', 'phone', 'phone-dark']);
  await toolbar.getByRole('button', { name: 'Remove' }).click();
  await expect(table.getByLabel('Select Song 3', { exact: true })).toHaveCount(0);

  await toolbar.getByRole('button', { name: 'Paste a list' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Songs').fill('Nina Simone - Sinnerman\nno dash here');
  await dialog.getByRole('button', { name: 'Add these' }).click();
  await expect(dialog.getByRole('table', { name: '1 row was not understood' })).toContainText('no dash here');
  await picture('playlist-pasted', ['light', 'phone']);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await toolbar.getByRole('button', { name: 'Find duplicates' }).click();
  await expect(dialog).toContainText('Song 2');
  await picture('playlist-duplicates', ['light', 'phone-dark']);
  await dialog.getByRole('button', { name: 'Remove 1 duplicate' }).click();
  await expect(main).toContainText('9,989 tracks');

  await page.evaluate(async (playlistId) => {
    await fetch(`/api/playlists/${playlistId}/undo`, { method: 'POST', headers: { 'if-match': '*' } });
  }, id);
  await table.getByLabel('Select Song 4', { exact: true }).press('Delete');
  await expect(page.getByText('changed somewhere else')).toBeVisible();
  await expect(main).toContainText('9,990 tracks');

  await toolbar.getByRole('button', { name: 'Add a track' }).click();
  await dialog.getByLabel('Search').fill('song 4200');
  await expect(page.getByRole('option').first()).toContainText('Song 4200');
  await picture('track-search', ['light', 'phone-dark']);
  await page.getByRole('option').first().click();
  await expect(dialog.getByLabel('Title')).toHaveValue('Song 4200');
  await dialog.getByRole('button', { name: 'Add track' }).click();
  await expect(main).toContainText('9,991 tracks');
});

/** In small steps, as a hand does it. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) {
    throw new Error('Nothing there to drag.');
  }
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2 + 10, { steps: 3 });
  await page.mouse.move(start.x + start.width / 2, end.y + end.height / 2 + 10, { steps: 6 });
  await page.mouse.up();
}

test('a playlist is renamed and deleted', async ({ page }) => {
  await register(page, 'renamer@example.org');
  await page.goto(`/playlists/${await playlistOf(page, ['One', 'Two'])}`);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Rename' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename the playlist' });
  await dialog.getByLabel('Title').fill('Evening');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(main.getByRole('heading', { name: 'Evening' })).toBeVisible();

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
  await page.getByRole('radio', { name: 'File' }).press('ArrowRight');
  await page.getByLabel('Songs').fill('Nina Simone - Sinnerman\nno dash here\nPortishead – Roads');
  await page.getByRole('button', { name: 'Import this list' }).click();
  const row = page.getByRole('table', { name: '1 row was not understood' }).getByRole('row').nth(1);
  await expect(row).toContainText('no dash here');
  await picture('playlist-import-report', ['light', 'phone']);
});
