import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

import { DomainError } from '../../../common/errors/domain-error.js';
import {
  FileMissingError,
  FileTooLargeError,
  NotMultipartError,
  TooManyFilesError,
  UploadBrokenError,
} from './upload.errors.js';

const MAX_MEGABYTES = 20;
const LIMITS = { fileSize: MAX_MEGABYTES * 1024 * 1024, files: 1, fields: 5, fieldSize: 10_000 };

export interface Upload {
  bytes: Buffer;
  /** Whatever the client says. Never a path to open. */
  fileName: string;
  /** The field beside the file; blank is the same as absent. */
  title: string | undefined;
}

/**
 * Reads the field `file` and, before or after it, the field `title` from a multipart request, to its end.
 *
 * @throws FileMissingError, TooManyFilesError, FileTooLargeError, NotMultipartError, UploadBrokenError
 */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new NotMultipartError();
  }
  try {
    return await readParts(request.parts({ limits: LIMITS }));
  } catch (error) {
    throw error instanceof DomainError ? error : refusalOfUpload(error, MAX_MEGABYTES);
  }
}

async function readParts(parts: AsyncIterable<Multipart>): Promise<Upload> {
  let file: { bytes: Buffer; fileName: string } | undefined;
  let title: string | undefined;
  for await (const part of parts) {
    if (part.type === 'file') {
      file = (await readFilePart(part)) ?? file;
    } else if (part.fieldname === 'title' && typeof part.value === 'string' && part.value.trim() !== '') {
      title = part.value;
    }
  }
  if (!file) {
    throw new FileMissingError();
  }
  return { ...file, title };
}

/** Undefined for a file in a field of another name; its bytes have to go by all the same. */
async function readFilePart(part: MultipartFile): Promise<{ bytes: Buffer; fileName: string } | undefined> {
  const bytes = await part.toBuffer();
  return part.fieldname === 'file' ? { bytes, fileName: part.filename } : undefined;
}

/** What the parser throws for a request that it cannot read is the sender's doing, whatever it is. */
export function refusalOfUpload(error: unknown, maxMegabytes: number): DomainError {
  const { code } = error as { code?: unknown };
  if (code === 'FST_REQ_FILE_TOO_LARGE') {
    return new FileTooLargeError(maxMegabytes);
  }
  return code === 'FST_FILES_LIMIT' ? new TooManyFilesError() : new UploadBrokenError(error);
}
