import { connect } from 'node:net';

import { track } from './factories/factory.js';
import { describedApi, operationsOf } from './support/described-api.js';
import { HostileRequests, type HostileRequest } from './support/hostile-requests.js';
import { TestApp } from './support/test-app.js';

const AT_ONCE = 8;
const LONGEST_ANSWER_MS = 10_000;

const document = describedApi();

/** Over every operation that openapi.json describes, so a new route is covered by itself. */
describe('bad input', () => {
  let app: TestApp;
  let requests = 0;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterEach(async () => {
    await app.reset();
  });

  afterAll(async () => {
    await app.stop();
    process.stdout.write(`Bad input: ${requests} requests to ${operationsOf(document).length} operations.\n`);
  });

  /** What is wrong with the answer; null when it is as it should be. */
  const complaintAbout = async (
    { what, method, path, body, contentType }: HostileRequest,
    cookie: string,
  ): Promise<string | null> => {
    requests += 1;
    const response = await fetch(`${app.origin}/api${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
      headers: { cookie, 'if-match': '*', ...(contentType !== undefined && { 'content-type': contentType }) },
      ...(body !== undefined && { body }),
    }).catch((error: unknown) => error as Error);
    if (response instanceof Error) {
      return `${what}: ${response.message} ${String((response.cause as Error | undefined)?.message)}`;
    }
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return null;
    }
    const text = await response.text();
    return isProper(response, text) ? null : `${what}: ${response.status} ${text.slice(0, 200)}`;
  };

  const isProper = ({ status, headers }: Response, text: string): boolean => {
    if (status < 400) {
      return true;
    }
    if (status >= 500 || !headers.get('content-type')?.startsWith('application/problem+json')) {
      return false;
    }
    const problem = JSON.parse(text) as { status: unknown; code: unknown; detail: unknown };
    return problem.status === status && typeof problem.code === 'string' && typeof problem.detail === 'string';
  };

  it.each(operationsOf(document))(
    'is refused by $name with a problem document, never with a 5xx or silence',
    async (operation) => {
      const user = await app.create.linkedUser();
      const cookie = `sid=${user.browser.cookie('sid') ?? ''}`;
      const playlist = await app.create.playlist(user);
      const { body: scrobbles } = await app.as(user).post('/scrobbles', track('One'));
      const { body: run } = await app.as(user).post('/scrobble-runs', {
        playlistId: playlist.id,
        pace: { kind: 'interval', minutes: 1 },
        order: 'sequential',
        repeat: false,
      });
      const known = {
        playlistId: playlist.id,
        playlists: playlist.id,
        'scrobble-runs': run.id,
        scrobbles: scrobbles.items[0].id,
      };
      const waiting = new HostileRequests(document, known).to(operation);
      const complaints: string[] = [];

      const worker = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          const complaint = await complaintAbout(next, cookie);
          if (complaint !== null) {
            complaints.push(complaint);
          }
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));

      expect(complaints).toEqual([]);
      // Whatever body it has, a deletion deletes.
      const isGone = operation.name === 'DELETE /api/me';
      expect((await app.as(user).get('/me')).status).toBe(isGone ? 401 : 200);
    },
    120_000,
  );

  it.each([
    { what: 'no HTTP at all', sent: 'what is this?\r\n\r\n', status: 400, code: 'bad_request' },
    {
      what: 'a hundred kilobytes of headers',
      sent: `GET /api/me HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(100_000)}\r\n\r\n`,
      status: 431,
      code: 'headers_too_large',
    },
    {
      what: 'an address of a hundred kilobytes',
      sent: `GET /api/me?${'x'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      status: 431,
      code: 'headers_too_large',
    },
    {
      what: 'two lengths of one body',
      sent: 'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      status: 400,
      code: 'bad_request',
    },
  ])('that is $what is answered with a problem document', async ({ sent, status, code }) => {
    const answer = await exchange(sent);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status, code });
  });

  it.each([
    { what: 'an address where nothing is', path: '/nothing-here', status: 404, code: 'route_not_found' },
    { what: 'a method nobody answers', method: 'DELETE', path: '/auth/login', status: 404, code: 'route_not_found' },
    { what: 'a broken escape', path: '/playlists/%zz', status: 400, code: 'bad_request' },
    { what: 'an endless id', path: `/playlists/${'x'.repeat(5_000)}`, status: 414, code: 'address_too_long' },
    { what: 'a way out of the API', path: '/../../etc/passwd', status: 404, code: 'route_not_found' },
  ])('that is $what is answered with a problem document', async ({ method = 'GET', path, status, code }) => {
    const response = await app.browser().request(method, path);

    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.body).toMatchObject({ type: `urn:problem:${code}`, status, code, title: expect.any(String) });
  });

  /** Everything that the server says to bytes sent as they are. */
  async function exchange(sent: string): Promise<string> {
    const socket = connect(Number(new URL(app.origin).port), '127.0.0.1');
    socket.setTimeout(LONGEST_ANSWER_MS, () => socket.destroy(new Error('No answer came.')));
    socket.on('error', () => undefined); // The server may close before it has read all of it.
    socket.write(sent);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => socket.once('close', resolve));
    return Buffer.concat(chunks).toString();
  }
});
