import type { HistoryFilter } from '../api/queries';
import { texts } from '../texts';

type Raw = Record<string, unknown>;

/** Addresses keep plain strings: no quotes around words, and a number-like word stays a word. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Raw): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) {
      params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function pageNumber(value: unknown): number | undefined {
  const page = Number(value);
  return Number.isInteger(page) && page > 1 && page <= 100_000 ? page : undefined;
}

function day(value: unknown): string | undefined {
  const named = text(value);
  return named !== undefined && /^\d{4}-\d\d-\d\d$/.test(named) && !Number.isNaN(Date.parse(named)) ? named : undefined;
}

function oneOf<T extends string>(value: unknown, words: Record<T, unknown>): T | undefined {
  return typeof value === 'string' && Object.hasOwn(words, value) ? (value as T) : undefined;
}

/** Search parameters that are there; absent ones are left out, so that addresses stay short. */
function present<T extends object>(params: T): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as never;
}

export const signInSearch = ({ next, error }: Raw) => present({ next: text(next), error: text(error) });
export const resetPasswordSearch = ({ token }: Raw) => present({ token: text(token) });
export const outcomeSearch = ({ linked, error }: Raw) => present({ linked: text(linked), error: text(error) });
export const confirmSearch = ({ state }: Raw) => present({ state: text(state) });
export const playlistsSearch = ({ page, q }: Raw) => present({ page: pageNumber(page), q: text(q) });
/** Of a list that has pages and nothing else. */
export const pageSearch = ({ page }: Raw) => present({ page: pageNumber(page) });
export const autoScrobbleSearch = ({ playlist, page }: Raw) =>
  present({ playlist: text(playlist), page: pageNumber(page) });

export const statisticsSearch = ({ period }: Raw) => present({ period: oneOf(period, texts.statistics.periods) });

export function historySearch({ page, state, source, q, from, to }: Raw): HistoryFilter {
  return present({
    page: pageNumber(page),
    state: oneOf(state, texts.scrobble.states),
    source: oneOf(source, texts.scrobble.sources),
    q: text(q)?.slice(0, 200),
    from: day(from),
    to: day(to),
  });
}
