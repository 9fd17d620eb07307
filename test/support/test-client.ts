export interface TestResponse {
  status: number;
  headers: Headers;
  /** Parsed JSON, or undefined for an empty body. Tests say what they expect of it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads whatever shape it is about
  body: any;
  text: string;
}

/** Speaks HTTP to the application under test as one person: with a token, with a browser's cookies, or with neither. */
export class TestClient {
  constructor(
    private readonly origin: string,
    private readonly headers: Record<string, string> = {},
    private readonly cookies = new Map<string, string>(),
  ) {}

  get(path: string): Promise<TestResponse> {
    return this.request('GET', path);
  }

  post(path: string, body?: unknown): Promise<TestResponse> {
    return this.request('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<TestResponse> {
    return this.request('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<TestResponse> {
    return this.request('PATCH', path, body);
  }

  delete(path: string): Promise<TestResponse> {
    return this.request('DELETE', path);
  }

  upload(path: string, form: FormData): Promise<TestResponse> {
    return this.send(path, { method: 'POST', body: form });
  }

  /** A body that is sent as it is, whatever it is. */
  raw(method: string, path: string, body: string | Uint8Array, contentType: string): Promise<TestResponse> {
    return this.send(path, { method, body, headers: { 'content-type': contentType } });
  }

  request(method: string, path: string, body?: unknown): Promise<TestResponse> {
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.send(path, { method, ...json });
  }

  /** A file, as its bytes. */
  async download(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await this.fetch(path, { method: 'GET' });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** The same person with further headers; the cookies are shared. */
  with(headers: Record<string, string>): TestClient {
    return new TestClient(this.origin, { ...this.headers, ...headers }, this.cookies);
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  /** A path of the API, or a whole address. Redirects are answers, not followed. */
  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const url = path.startsWith('http') ? path : `${this.origin}/api${path}`;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...this.headers, ...(cookie && { cookie }), ...(init.headers as Record<string, string> | undefined) },
    });
    this.remember(response.headers);
    return response;
  }

  private async send(path: string, init: RequestInit): Promise<TestResponse> {
    const response = await this.fetch(path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
    };
  }

  private remember(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const isCleared = /expires=thu, 01 jan 1970/i.test(line) || value.join('=') === '';
      if (isCleared) {
        this.cookies.delete(name);
      } else {
        this.cookies.set(name, value.join('='));
      }
    }
  }
}
