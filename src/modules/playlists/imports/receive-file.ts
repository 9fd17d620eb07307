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

interface UploadLimits {
  megabytes: number;
  /** How many fields may stand beside the file, and how many bytes each may have. */
  fields: number;
  fieldSize: number;
}

export interface ReceivedFile<Kept> {
  /** What `keep` made of the bytes. */
  kept: Kept;
  /** Whatever the client says. Never a path to open. */
  fileName: string;
  /** What stands beside the file, before or after it. */
  fields: Record<string, string>;
}

/**
 * Reads a multipart request with one file in the field `file` to its end.
 * @param keep sees to the bytes, all of them
 * @throws FileMissingError, TooManyFilesError, FileTooLargeError, NotMultipartError, UploadBrokenError
 */
export async function receiveFile<Kept>(
  request: FastifyRequest,
  { megabytes, fields, fieldSize }: UploadLimits,
  keep: (file: MultipartFile) => Promise<Kept>,
): Promise<ReceivedFile<Kept>> {
  if (!request.isMultipart()) {
    throw new NotMultipartError();
  }
  const limits = { fileSize: megabytes * 1024 * 1024, files: 1, fields, fieldSize };
  try {
    return await readParts(request.parts({ limits }), async (part) => {
      const kept = await keep(part);
      if (part.file.truncated) {
        throw new FileTooLargeError(megabytes);
      }
      return kept;
    });
  } catch (error) {
    throw error instanceof DomainError ? error : refusalOf(error, megabytes);
  }
}

async function readParts<Kept>(
  parts: AsyncIterable<Multipart>,
  keep: (file: MultipartFile) => Promise<Kept>,
): Promise<ReceivedFile<Kept>> {
  let received: Pick<ReceivedFile<Kept>, 'kept' | 'fileName'> | undefined;
  const fields: Record<string, string> = {};
  for await (const part of parts) {
    if (part.type !== 'file') {
      if (typeof part.value === 'string') {
        fields[part.fieldname] = part.value;
      }
    } else if (part.fieldname === 'file') {
      received = { kept: await keep(part), fileName: part.filename };
    } else {
      part.file.resume(); // Its bytes have to go by all the same.
    }
  }
  if (!received) {
    throw new FileMissingError();
  }
  return { ...received, fields };
}

/** What the parser throws for a request that it cannot read is the sender's doing, whatever it is. */
function refusalOf(error: unknown, maxMegabytes: number): DomainError {
  const { code } = error as { code?: unknown };
  if (code === 'FST_REQ_FILE_TOO_LARGE') {
    return new FileTooLargeError(maxMegabytes);
  }
  return code === 'FST_FILES_LIMIT' ? new TooManyFilesError() : new UploadBrokenError(error);
}
