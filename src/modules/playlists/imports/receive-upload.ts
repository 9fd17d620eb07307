import type { FastifyRequest } from 'fastify';

import { receiveFile } from './receive-file.js';

const LIMITS = { megabytes: 20, fields: 5, fieldSize: 10_000 };

export interface Upload {
  bytes: Buffer;
  /** Whatever the client says. Never a path to open. */
  fileName: string;
  /** The field beside the file; blank is the same as absent. */
  title: string | undefined;
}

/** @throws as `receiveFile` */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  const { kept: bytes, fileName, fields } = await receiveFile(request, LIMITS, (file) => file.toBuffer());
  const title = fields['title']?.trim() === '' ? undefined : fields['title'];
  return { bytes, fileName, title };
}
