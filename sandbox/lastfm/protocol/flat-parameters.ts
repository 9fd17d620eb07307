import { ApiError } from './api-error.js';

const INTEGER = /^-?\d{1,15}$/;

/**
 * The name-value pairs of one request, query string first, then the form body. They stay flat: `artist[0]` is a name
 * like any other, because the signature is computed over the names as they were sent. Of a repeated name the last
 * value counts.
 */
export class FlatParameters {
  private constructor(private readonly pairs: ReadonlyMap<string, string>) {}

  static of(url: string, body: unknown): FlatParameters {
    const pairs = new Map<string, string>();
    const queryStart = url.indexOf('?');
    for (const source of [queryStart < 0 ? '' : url.slice(queryStart + 1), typeof body === 'string' ? body : '']) {
      new URLSearchParams(source).forEach((value, name) => {
        pairs.set(name, value);
      });
    }
    return new FlatParameters(pairs);
  }

  get names(): Iterable<string> {
    return this.pairs.keys();
  }

  find(name: string): string | null {
    return this.pairs.get(name) ?? null;
  }

  /** Error 6 when the parameter is missing or blank. */
  require(name: string): string {
    const value = this.find(name)?.trim();
    if (value === undefined || value === '') {
      throw ApiError.invalidParameter(name);
    }
    return value;
  }

  /** A whole number; null when it is not given, error 6 when it is something else. */
  findInteger(name: string): number | null {
    const value = this.find(name)?.trim() ?? '';
    if (value === '') {
      return null;
    }
    if (!INTEGER.test(value)) {
      throw ApiError.invalidParameter(name);
    }
    return Number(value);
  }
}
