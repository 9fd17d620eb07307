import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the build puts the panel's scripts. Run from its sources, as in a test, there are none. */
const FOLDER = fileURLToPath(new URL('../admin-panel', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface PanelAsset {
  body: Buffer;
  type: string;
  etag: string;
}

/** The panel's scripts and styles by their names, read once. */
export async function readPanelAssets(): Promise<ReadonlyMap<string, PanelAsset>> {
  const names = await readdir(FOLDER).catch(() => []);
  const assets = names.map(async (name): Promise<[string, PanelAsset]> => {
    const body = await readFile(path.join(FOLDER, name));
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    return [name, { body, type: TYPES[path.extname(name)] ?? 'application/octet-stream', etag }];
  });
  return new Map(await Promise.all(assets));
}
