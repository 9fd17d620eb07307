import { fromBufferPromise } from 'yauzl';

/** The files of a zip, by name. Fails on what is not a whole and sound one. */
export async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(bytes);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      pieces.push(piece as Buffer);
    }
    files.set(entry.fileName, Buffer.concat(pieces).toString());
  }
  return files;
}
