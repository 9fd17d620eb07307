import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

import { DomainError } from '../../../common/errors/domain-error.js';
import { FileMissingError, FileTooLargeError, NotMultipartError, refusalOfUpload } from '../../playlists/index.js';

const MAX_HISTORY_MEGABYTES = 100;
const LIMITS = { fileSize: MAX_HISTORY_MEGABYTES * 1024 * 1024, files: 1, fields: 10, fieldSize: 1_000 };

export interface HistoryUpload {
  /** Where the bytes lie now. */
  file: string;
  /** Whatever the client says. Never a path to open. */
  fileName: string;
  /** The fields beside the file. */
  fields: Record<string, string>;
}

/**
 * Writes the field `file` of a multipart request to a file in `folder`, without ever having it in memory.
 * @throws FileMissingError, TooManyFilesError, FileTooLargeError, NotMultipartError, UploadBrokenError
 */
export async function receiveHistoryUpload(request: FastifyRequest, folder: string): Promise<HistoryUpload> {
  if (!request.isMultipart()) {
    throw new NotMultipartError();
  }
  try {
    return await readParts(request.parts({ limits: LIMITS }), path.join(folder, 'upload'));
  } catch (error) {
    throw error instanceof DomainError ? error : refusalOfUpload(error, MAX_HISTORY_MEGABYTES);
  }
}

async function readParts(parts: AsyncIterable<Multipart>, file: string): Promise<HistoryUpload> {
  let fileName: string | undefined;
  const fields: Record<string, string> = {};
  for await (const part of parts) {
    if (part.type === 'file') {
      fileName = await keep(part, file);
    } else if (typeof part.value === 'string') {
      fields[part.fieldname] = part.value;
    }
  }
  if (fileName === undefined) {
    throw new FileMissingError();
  }
  return { file, fileName, fields };
}

async function keep(part: MultipartFile, file: string): Promise<string> {
  await pipeline(part.file, createWriteStream(file));
  if (part.file.truncated) {
    throw new FileTooLargeError(MAX_HISTORY_MEGABYTES);
  }
  return part.filename;
}
