import { createHash } from 'node:crypto';

import { LastfmSandbox } from '../index.js';

export const API_KEY = '0123456789abcdef0123456789abcdef';
const API_SECRET = 'fedcba9876543210fedcba9876543210';

/** 2026-11-21 12:00:00 UTC, in seconds. */
export const NOON = 1_795_262_400;

type Params = Record<string, string | number>;

interface Received<Body> {
  readonly status: number;
  readonly body: Body;
}

interface ScrobbleItem {
  readonly artist: Record<string, string>;
  readonly track: Record<string, string>;
  readonly ignoredMessage: Record<string, string>;
}

/** The answer to a call with several items. */
interface ScrobblesBody {
  readonly error?: number;
  readonly scrobbles: {
    readonly scrobble: readonly ScrobbleItem[];
    readonly '@attr': { readonly accepted: number; readonly ignored: number };
  };
}

type JsonObject = Record<string, unknown>;

/** A clock that stands still until it is moved. */
export class MovedClock {
  private seconds = NOON;

  readonly now = (): Date => new Date(this.seconds * 1000);

  advance(seconds: number): void {
    this.seconds += seconds;
  }
}

/** Starts a sandbox that knows the key and the secret of this client. */
export function startSandbox(clock: MovedClock, dataDir?: string): Promise<LastfmSandbox> {
  return LastfmSandbox.start({ apiKey: API_KEY, apiSecret: API_SECRET, now: clock.now, dataDir });
}

/** A Last.fm client as strangers write them: it signs by itself and sends real requests. */
export class ApiClient {
  constructor(private readonly sandbox: LastfmSandbox) {}

  /** A signed POST that asks for JSON. */
  async post(method: string, params: Params = {}): Promise<Received<JsonObject>> {
    const response = await this.send(sign({ method, ...params }), { format: 'json' });
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  /** An unsigned GET that asks for JSON. */
  async get(method: string, params: Params = {}): Promise<Received<JsonObject>> {
    const response = await fetch(
      `${this.sandbox.apiUrl}?${encode({ method, api_key: API_KEY, ...params, format: 'json' })}`,
    );
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  /** A signed POST that asks for nothing and gets XML. */
  async postForXml(method: string, params: Params = {}): Promise<{ status: number; text: string }> {
    const response = await this.send(sign({ method, ...params }));
    return { status: response.status, text: await response.text() };
  }

  send(params: Params, more: Params = {}): Promise<Response> {
    return fetch(this.sandbox.apiUrl, { method: 'POST', body: new URLSearchParams(encode({ ...params, ...more })) });
  }

  /** In array notation, also for one item. */
  async scrobble(sk: string, ...tracks: Params[]): Promise<Received<ScrobblesBody>> {
    const response = await this.send(sign({ method: 'track.scrobble', sk, ...batch(tracks) }), { format: 'json' });
    return { status: response.status, body: (await response.json()) as ScrobblesBody };
  }
}

/** The ignored codes of a call with several items, in order. */
export function verdictsOf({ scrobbles }: ScrobblesBody): (string | undefined)[] {
  return scrobbles.scrobble.map(({ ignoredMessage }) => ignoredMessage.code);
}

/** Parameters with key and signature. */
export function sign(params: Params): Params {
  const all: Params = { api_key: API_KEY, ...params };
  const base = Object.keys(all)
    .sort()
    .map((name) => `${name}${all[name]}`)
    .join('');
  return {
    ...all,
    api_sig: createHash('md5')
      .update(base + API_SECRET)
      .digest('hex'),
  };
}

/** Array notation: `artist[0]`, `track[0]` and so on. */
export function batch(tracks: readonly Params[]): Params {
  const named = tracks.flatMap((track, index) =>
    Object.entries(track).map(([name, value]) => [`${name}[${index}]`, value] as const),
  );
  return Object.fromEntries(named);
}

/** A track that was started a minute before noon. */
export function play(overrides: Params = {}): Params {
  return { artist: 'Arctic Monkeys', track: 'Arabella', album: 'AM', timestamp: NOON - 60, ...overrides };
}

export function encode(params: Params): string {
  return new URLSearchParams(
    Object.entries(params).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
