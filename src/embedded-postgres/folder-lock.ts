import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';

import { errorCode } from './error-code.js';

/** `UV_FS_O_EXLOCK` of libuv, which Node passes on but does not name: https://docs.libuv.org/en/v1.x/fs.html */
const EXCLUSIVE: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20, win32: 0x1000_0000 };
const ABSTRACT_NAME_LENGTH = 107;

/**
 * Takes the lock that makes a process the one keeper of a folder, for as long as the process lives: the kernel lets go
 * of it, so that no crash leaves a lock behind and none ever has to be declared stale.
 * @returns false when another process has it
 */
export async function takeFolderLock(lockFile: string): Promise<boolean> {
  return process.platform === 'linux' ? takeAbstractSocket(lockFile) : openExclusively(lockFile);
}

/** Names the part of the world in which the lock is exclusive: on Linux, one network namespace of one boot. */
export function lockScope(): string {
  if (!fs.existsSync('/proc/self/ns/net')) {
    return os.hostname();
  }
  return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fs.readlinkSync('/proc/self/ns/net')}`;
}

/** Node offers no flock() on Linux. An abstract socket has no file either, only a name, here the lock file's identity. */
async function takeAbstractSocket(lockFile: string): Promise<boolean> {
  const file = fs.openSync(lockFile, fs.constants.O_RDONLY | fs.constants.O_CREAT, 0o644); // kept open: pins the inode
  const { dev, ino } = fs.fstatSync(file, { bigint: true });
  // At its full length the name is the same for the versions of libuv that pad it with zeros and for those that do not.
  const name = `\0universal-scrobbler-postgres-${dev.toString()}-${ino.toString()}-`.padEnd(
    ABSTRACT_NAME_LENGTH + 1,
    '.',
  );
  const server = net.createServer((visitor) => visitor.destroy());
  return new Promise((resolve, reject) => {
    server.on('error', (error) => {
      fs.closeSync(file);
      if (errorCode(error) === 'EADDRINUSE') {
        resolve(false);
      } else {
        reject(error);
      }
    });
    server.listen({ path: name }, () => {
      server.unref();
      resolve(true);
    });
  });
}

function openExclusively(lockFile: string): boolean {
  const { O_RDONLY, O_CREAT } = fs.constants;
  const doNotWait = process.platform === 'win32' ? 0 : fs.constants.O_NONBLOCK;
  try {
    fs.openSync(lockFile, O_RDONLY | O_CREAT | doNotWait | (EXCLUSIVE[process.platform] ?? 0), 0o644);
    return true;
  } catch (error) {
    if (['EAGAIN', 'EBUSY'].includes(errorCode(error) ?? '')) {
      return false;
    }
    throw error;
  }
}
