import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a tool of node_modules with this Node, which works alike on every system. @returns whether it succeeded */
export function runTool(script, args, { nodeArgs = [], env = {} } = {}) {
  const { status } = spawnSync(process.execPath, [...nodeArgs, path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}
