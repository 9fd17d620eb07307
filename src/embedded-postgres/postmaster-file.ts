import fs from 'node:fs';
import path from 'node:path';

/** What a running server writes about itself into its cluster, and leaves there when it is killed. */
export interface PostmasterFile {
  pid: number;
  port: number;
  isReady: boolean;
}

const LINE = { pid: 0, port: 3, status: 7 };

export const postmasterFilePath = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/** @returns null when there is none; lines that a starting server has not written yet read as 0 and not ready */
export function readPostmasterFile(cluster: string): PostmasterFile | null {
  let lines: string[];
  try {
    lines = fs.readFileSync(postmasterFilePath(cluster), 'utf8').split('\n');
  } catch {
    return null;
  }
  return {
    pid: Number(lines[LINE.pid]),
    port: Number(lines[LINE.port] ?? 0),
    isReady: lines[LINE.status]?.trim() === 'ready',
  };
}
