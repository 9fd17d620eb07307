import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { root, runTool } from './run-tool.mjs';
import { sourceStamp } from './source-stamp.mjs';

const shared = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** What is built, from which files, and how. Each has a stamp of its sources beside its result. */
const PARTS = [
  {
    name: 'server',
    from: ['src', 'admin', 'sandbox', 'migrations', ...shared],
    result: 'dist/src/main.js',
    clean: ['dist/src', 'dist/admin', 'dist/sandbox', 'dist/migrations'],
    command: ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  {
    name: 'dashboard',
    from: [
      'web/src',
      'web/public',
      'web/index.html',
      'web/vite.config.ts',
      'web/postcss.config.cjs',
      'web/tsconfig.json',
      ...shared,
    ],
    result: 'dist/web/index.html',
    clean: ['dist/web'],
    command: ['vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
  },
  {
    name: 'panel',
    from: ['admin/browser', 'scripts/bundle-admin.mjs', ...shared],
    result: 'dist/admin-panel/components.bundle.js',
    clean: ['dist/admin-panel'],
    command: ['../scripts/bundle-admin.mjs'],
  },
];

/** Builds what is missing or older than its sources. An installation that ships no sources is left as it is. */
export function buildWhatIsStale({ force = false, only = [] } = {}) {
  for (const part of PARTS.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const stampFile = path.join(root, 'dist', `.${part.name}-stamp`);
    const stamp = sourceStamp(root, part.from);
    const isBuilt = existsSync(path.join(root, part.result));
    const isFresh = isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
    if (stamp === null || (isFresh && !force)) {
      continue;
    }
    process.stdout.write(`Building the ${part.name} …\n`);
    for (const folder of part.clean) {
      rmSync(path.join(root, folder), { recursive: true, force: true });
    }
    const [tool, ...args] = part.command;
    if (!runTool(tool, args)) {
      process.stderr.write(`Building the ${part.name} failed.\n`);
      process.exit(1);
    }
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, stamp);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  buildWhatIsStale({ force: args.includes('--force'), only: args.filter((arg) => !arg.startsWith('--')) });
}
