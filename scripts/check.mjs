import { runTool } from './run-tool.mjs';

/** Everything that has to be green before a change lands. `--static`: without the tests. */
const CHECKS = [
  ['types of the server', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ['types of the dashboard', 'typescript/bin/tsc', ['-p', 'web/tsconfig.json', '--noEmit']],
  ['types of the panel', 'typescript/bin/tsc', ['-p', 'admin/browser/tsconfig.json']],
  ['lint', 'eslint/bin/eslint.js', ['.']],
  ['form', 'prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']],
  [
    'fences',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['src', 'admin', 'sandbox', 'migrations', 'web/src', '--config', '.dependency-cruiser.cjs'],
  ],
  ['dead code', 'knip/bin/knip.js', []],
];

for (const [name, script, args] of CHECKS) {
  process.stdout.write(`── ${name}\n`);
  if (!runTool(script, args)) {
    process.stderr.write(`The check "${name}" failed.\n`);
    process.exit(1);
  }
}
if (!process.argv.includes('--static')) {
  await import('./test.mjs');
}
