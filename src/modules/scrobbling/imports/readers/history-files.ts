import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { openPromise, type ZipFile } from 'yauzl';

import { HistoryBrokenError } from '../imports.errors.js';

const ZIP_SIGNATURE = 'PK\u0003\u0004';
const MAX_ENTRIES = 10_000;
/** Of a zip, unpacked: Spotify's largest histories are a tenth of it, and a zip bomb is a thousand times as large. */
const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;
/** What histories are made of; pictures, PDFs and the like are passed over. */
const TEXT_FILE = /\.(jsonl?|csv|tsv|txt|log)$/i;

/** A file of a history: the upload itself, or one inside it where it is a zip. May be opened any number of times. */
export interface HistoryFile {
  /** Null for an upload that is no zip. */
  nameInZip: string | null;
  open: () => Promise<Readable>;
}

/** Calls `work` with the files of an upload, in the order of their names. @throws HistoryBrokenError for a broken zip */
export async function* historyFiles(path: string): AsyncGenerator<HistoryFile> {
  if (!(await isZip(path))) {
    yield { nameInZip: null, open: () => Promise.resolve(createReadStream(path)) };
    return;
  }
  const zip = await openZip(path);
  try {
    for (const entry of await entriesOf(zip)) {
      yield { nameInZip: entry.fileName, open: () => zip.openReadStreamPromise(entry) };
    }
  } finally {
    zip.close();
  }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead) === ZIP_SIGNATURE;
  } finally {
    await file.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw new HistoryBrokenError('This zip file is damaged', error);
  }
}

async function entriesOf(zip: ZipFile) {
  if (zip.entryCount > MAX_ENTRIES) {
    throw new HistoryBrokenError(`This zip holds more than ${MAX_ENTRIES.toLocaleString('en')} files`);
  }
  const entries = [];
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
    }
  } catch (error) {
    throw new HistoryBrokenError('This zip file is damaged', error);
  }
  const wanted = entries.filter(({ fileName }) => TEXT_FILE.test(fileName));
  if (wanted.reduce((bytes, { uncompressedSize }) => bytes + uncompressedSize, 0) > MAX_UNPACKED_BYTES) {
    throw new HistoryBrokenError('This zip holds more than 2 GB');
  }
  return wanted.sort((one, other) => (one.fileName < other.fileName ? -1 : 1));
}
