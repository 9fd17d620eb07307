import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { runCommand } from './support/command.js';
import { ServerProcess } from './support/server-process.js';

describe('npm run cli', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(os.tmpdir(), 'universal-scrobbler-cli-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('says what there is', async () => {
    const { code, stdout } = await runCommand(['--help']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/keys\s+what secrets are encrypted with/);
    expect((await runCommand(['keys', 'rotate', '--help'])).stdout).toContain('first key of ENCRYPTION_KEYS');
  });

  it.each([{ args: ['dance'] }, { args: ['keys', 'rotate', '--fast'] }, { args: [] }])(
    'does nothing but point to the help when it does not understand $args',
    async ({ args }) => {
      const { code, stdout, stderr } = await runCommand(args, { DATABASE_URL: 'postgres://127.0.0.1:1/none' });

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('help');
    },
  );

  it.each([
    { env: { DATABASE_URL: 'mysql://localhost/x' }, sentence: /^DATABASE_URL must be a PostgreSQL address/ },
    { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, sentence: /^DATABASE_URL names a database that cannot/ },
    { env: { NODE_ENV: 'production' }, sentence: /^LASTFM_API_KEY must be set in production/ },
  ])('says in a sentence what is wrong with $env', async ({ env, sentence }) => {
    const { code, stdout, stderr } = await runCommand(['keys', 'rotate'], { DATA_DIR: dataDir, ...env });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('    at ');
  });

  it('works on the embedded database without a server, and beside one, which goes on serving', async () => {
    const env = { DATA_DIR: dataDir, SANDBOX_PORT: '0' };
    const alone = await runCommand(['keys', 'rotate'], env);
    expect(alone).toMatchObject({ code: 0, stderr: '' });

    const server = await ServerProcess.start(env);
    try {
      expect(await runCommand(['keys', 'rotate'], env)).toEqual(alone);
      expect((await fetch(`${server.origin}/api/health/ready`)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});
