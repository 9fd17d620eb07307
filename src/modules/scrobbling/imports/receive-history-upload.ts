import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { FastifyRequest } from 'fastify';

import { receiveFile } from '../../playlists/index.js';

const LIMITS = { megabytes: 100, fields: 10, fieldSize: 1_000 };

export interface HistoryUpload {
  /** Where the bytes lie now. */
  file: string;
  /** Whatever the client says. Never a path to open. */
  fileName: string;
  /** The fields beside the file. */
  fields: Record<string, string>;
}

/**
 * Writes the file of a multipart request to a file in `folder`, without ever having it in memory.
 * @throws as `receiveFile`
 */
export async function receiveHistoryUpload(request: FastifyRequest, folder: string): Promise<HistoryUpload> {
  const file = path.join(folder, 'upload');
  const { fileName, fields } = await receiveFile(request, LIMITS, (part) =>
    pipeline(part.file, createWriteStream(file)),
  );
  return { file, fileName, fields };
}
