import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A secret that is made once and kept in a file which only its owner may read. The file appears whole or not at all; of
 * two processes that start at once, one at a time may call this.
 */
export async function keepSecret(file: string, make: () => string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
  const secret = make();
  const unfinished = `${file}.new`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(unfinished, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(unfinished, file);
  return secret;
}
