import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { ScrobbleImportId } from '../../../common/ids.js';
import { ScrobbleImportChunk } from './scrobble-import-chunk.entity.js';

const CHUNK_BYTES = 1024 * 1024;

/** Uploaded histories: kept in the database, read from a file of the worker's own. */
@Injectable()
export class ImportFiles {
  constructor(private readonly dataSource: DataSource) {}

  async keep(manager: EntityManager, importId: ScrobbleImportId, file: string): Promise<void> {
    let number = 0;
    for await (const bytes of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      await manager.insert(ScrobbleImportChunk, { importId, number, bytes });
      number += 1;
    }
  }

  /** Calls `work` with the path of a copy, which is gone afterwards. */
  async withFile<Result>(importId: ScrobbleImportId, work: (file: string) => Promise<Result>): Promise<Result> {
    return inTemporaryFolder(async (folder) => {
      const file = path.join(folder, 'history');
      await pipeline(Readable.from(this.chunks(importId)), createWriteStream(file));
      return work(file);
    });
  }

  async forget(manager: EntityManager, importId: ScrobbleImportId): Promise<void> {
    await manager.delete(ScrobbleImportChunk, { importId });
  }

  private async *chunks(importId: ScrobbleImportId): AsyncGenerator<Buffer> {
    for (let number = 0; ; number += 1) {
      const chunk = await this.dataSource.manager.findOneBy(ScrobbleImportChunk, { importId, number });
      if (!chunk) {
        return;
      }
      yield chunk.bytes;
    }
  }
}

/** Calls `work` with the path of an empty folder, which is gone afterwards. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scrobble-import-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
