import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

import { type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const PREFERRED = ['postgres', '_postgres', 'nobody'];

export interface OsAccount {
  uid: number;
  gid: number;
}

/**
 * Who PostgreSQL runs as. It refuses root, so root runs it as the owner of the data, or else as an unprivileged account
 * that exists already: initdb looks its user up in /etc/passwd.
 * @returns null to run it as ourselves
 * @throws EmbeddedPostgresError when the data belongs to somebody else
 */
export function accountFor(folder: DataFolder): OsAccount | null {
  const self = process.getuid?.();
  if (self === undefined) {
    return null; // Windows: the programs drop an administrator's rights themselves
  }
  if (self === 0) {
    return ownerOfData(folder) ?? unprivilegedAccount();
  }
  requireOwnData(folder, self);
  return null;
}

/** Whoever started without root before, and may do so again. */
function ownerOfData(folder: DataFolder): OsAccount | null {
  const { uid, gid } = fs.statSync(folder.hasCluster() ? folder.cluster : folder.path);
  if (uid === 0) {
    return null;
  }
  const owner = existingAccounts().find((account) => account.uid === uid);
  return owner ?? (folder.hasCluster() ? { uid, gid } : null);
}

function unprivilegedAccount(): OsAccount {
  const accounts = existingAccounts();
  const account = PREFERRED.map((name) => accounts.find((one) => one.name === name)).find((found) => found);
  if (!account) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as. ' +
        'Start as another user, or set DATABASE_URL.',
    );
  }
  return account;
}

function requireOwnData(folder: DataFolder, self: number): void {
  const owner = fs.statSync(folder.cluster, { throwIfNoEntry: false })?.uid ?? self;
  if (owner !== self) {
    throw new EmbeddedPostgresError(
      `The database in ${folder.cluster} belongs to the user with the id ${owner}, and this is ${self}. ` +
        'Start as that user or as root, give the folder to this user (chown -R), or set DATABASE_URL.',
    );
  }
}

/** Whether the account gets into the folder, which it does not below a private home for instance. */
export function canEnter(account: OsAccount | null, folder: string): boolean {
  if (!account) {
    return true;
  }
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

export function give(account: OsAccount | null, file: string): void {
  if (account) {
    fs.lchownSync(file, account.uid, account.gid);
  }
}

/** A restored or copied cluster may belong to root as a whole. */
export function giveTree(account: OsAccount | null, folder: string): void {
  if (account && fs.lstatSync(folder).uid !== account.uid) {
    give(account, folder);
    for (const name of fs.readdirSync(folder, { recursive: true }) as string[]) {
      give(account, path.join(folder, name));
    }
  }
}

function existingAccounts(): (OsAccount & { name: string })[] {
  return fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
}
