import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LastfmSandbox } from './index.js';
import { ApiClient, MovedClock, play, startSandbox } from './testing/api-client.js';

describe('The journal', () => {
  const clock = new MovedClock();
  let dataDir: string;
  let journal: string;
  let running: LastfmSandbox[];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'sandbox-lastfm-'));
    journal = join(dataDir, 'lastfm.jsonl');
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((sandbox) => sandbox.close()));
    rmSync(dataDir, { recursive: true });
  });

  const start = async () => {
    const sandbox = await startSandbox(clock, dataDir);
    running.push(sandbox);
    return { sandbox, client: new ApiClient(sandbox) };
  };

  it('brings everything back after a process that ended without a word', async () => {
    const before = await start();
    const { sandbox, client } = before;
    const unused = await sandbox.approve({ username: 'alice' });
    const used = await sandbox.approve({ username: 'alice' });
    const { body } = await client.post('auth.getSession', { token: used });
    const { key } = body.session as { key: string };
    const revoked = sandbox.createSessionKey('bob');
    sandbox.revoke(revoked);
    await client.scrobble(key, play({ track: 'One' }), play({ track: 'Two', duration: 120, chosenByUser: 0 }));
    await client.post('track.love', { sk: key, artist: 'Air', track: 'Kelly' });
    await client.post('track.love', { sk: key, artist: 'Air', track: 'La Femme' });
    await client.post('track.unlove', { sk: key, artist: 'Air', track: 'Kelly' });

    const after = await start();

    expect(after.sandbox.scrobblesOf('alice')).toEqual(sandbox.scrobblesOf('alice'));
    expect((await after.client.scrobble(key, play({ track: 'Three' }))).status).toBe(200);
    expect((await after.client.scrobble(revoked, play())).body.error).toBe(9);
    expect((await after.client.post('auth.getSession', { token: unused })).status).toBe(200);
    expect((await after.client.post('auth.getSession', { token: used })).body.error).toBe(4);
    expect((await after.client.get('user.getLovedTracks', { user: 'alice' })).body).toMatchObject({
      lovedtracks: { track: { name: 'La Femme' } },
    });
  });

  it('still knows a duplicate', async () => {
    const { sandbox, client } = await start();
    const sk = sandbox.createSessionKey('alice');
    await client.scrobble(sk, play());

    const after = await start();
    await after.client.scrobble(sk, play());

    expect(after.sandbox.scrobblesOf('alice')).toHaveLength(1);
  });

  it('is written once for a call, before its answer', async () => {
    const { sandbox, client } = await start();
    const sk = sandbox.createSessionKey('alice');
    let linesBeforeAnswer = 0;
    sandbox.faults.next({
      kind: 'hook',
      run: () => Promise.resolve((linesBeforeAnswer = readFileSync(journal, 'utf8').split('\n').length - 1)),
    });

    await client.scrobble(sk, play({ track: 'One' }), play({ track: 'Two' }));

    expect(linesBeforeAnswer).toBe(2);
    expect(readFileSync(journal, 'utf8').split('\n')).toHaveLength(3);
  });

  it('loses only a last line that was torn, and goes on behind the others', async () => {
    const { sandbox, client } = await start();
    const sk = sandbox.createSessionKey('alice');
    await client.scrobble(sk, play({ track: 'One' }));
    const whole = readFileSync(journal, 'utf8');
    appendFileSync(journal, '{"kind":"scrobbled","username":"alice","scro');

    const after = await start();
    expect(readFileSync(journal, 'utf8')).toBe(whole);
    await after.client.scrobble(sk, play({ track: 'Two' }));
    const last = await start();

    expect(last.sandbox.scrobblesOf('alice').map(({ track }) => track)).toEqual(['One', 'Two']);
  });

  it('stops the start when it is damaged before its last line', async () => {
    writeFileSync(journal, '{"kind":"nonsense"}\n{"kind":"key-revoked","key":"k"}\n');

    await expect(startSandbox(clock, dataDir)).rejects.toThrow(`Line 1 of ${journal} is damaged`);
  });

  it('is empty after a reset', async () => {
    const { sandbox } = await start();
    sandbox.createSessionKey('alice');

    sandbox.reset();

    expect(readFileSync(journal, 'utf8')).toBe('');
  });

  it('is left alone by a start on a port that is taken', async () => {
    const { sandbox } = await start();
    const { port } = new URL(sandbox.origin);

    const second = LastfmSandbox.start({ apiKey: 'k', apiSecret: 's', dataDir, port: Number(port) });

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
