import type { QueryClient } from '@tanstack/react-query';

import { queryKinds } from '../api/queries';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

const ALL_LIVE = [
  queryKinds.runs,
  queryKinds.scrobbles,
  queryKinds.lastfmAccount,
  queryKinds.budget,
  queryKinds.imports,
  queryKinds.linkImports,
  queryKinds.platforms,
  queryKinds.rooms,
  queryKinds.notifications,
  queryKinds.dataExport,
];

/** Which queries each kind of news makes old. */
const MADE_OLD: Readonly<Record<string, readonly string[]>> = {
  run: [queryKinds.runs, queryKinds.budget],
  scrobble: [
    queryKinds.scrobbles,
    queryKinds.runs,
    queryKinds.lastfmAccount,
    queryKinds.budget,
    queryKinds.imports,
    queryKinds.rooms,
  ],
  import: [queryKinds.imports],
  'playlist-import': [queryKinds.linkImports, queryKinds.playlists],
  'platform-account': [queryKinds.platforms],
  'lastfm-account': [queryKinds.lastfmAccount, queryKinds.runs, queryKinds.budget],
  notification: [queryKinds.notifications],
  'data-export': [queryKinds.dataExport],
  user: [queryKinds.me, queryKinds.identities, queryKinds.playlists, queryKinds.statistics, ...ALL_LIVE],
};
/** A delivered batch is many pieces of news at once: they are answered by one fetch. */
const GATHER_MS = 250;
/** EventSource gives up when a server answers with an error, as a proxy does while the server restarts. */
const REOPEN_MS = 4_000;

/** The one stream of news of a signed-in page: tells the query cache what to fetch again. */
export class LiveConnection {
  private source: EventSource | null = null;
  private lastEventId = '';
  private state: LiveState = 'connecting';
  private readonly watchers = new Set<() => void>();
  private readonly old = new Set<string>();
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private reopening: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queryClient: QueryClient) {}

  readonly current = (): LiveState => this.state;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  open(): void {
    const resume = this.lastEventId === '' ? '' : `?lastEventId=${encodeURIComponent(this.lastEventId)}`;
    const source = new EventSource(`/api/events${resume}`);
    this.source = source;
    source.addEventListener('ready', (event) => {
      this.ready(event);
    });
    source.addEventListener('error', () => {
      this.lost(source);
    });
    source.addEventListener('resync', (event) => {
      this.hear(event, ALL_LIVE);
    });
    for (const [kind, queries] of Object.entries(MADE_OLD)) {
      source.addEventListener(kind, (event) => {
        this.hear(event, queries);
      });
    }
  }

  close(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.gathering);
    clearTimeout(this.reopening);
    this.gathering = undefined;
  }

  /** Without an id to resume from, what happened between the first fetch and now was not heard. */
  private ready(event: MessageEvent): void {
    this.become('live');
    if (this.lastEventId === '') {
      this.makeOld(ALL_LIVE);
    }
    this.lastEventId = event.lastEventId;
  }

  private hear(event: MessageEvent, queries: readonly string[]): void {
    this.lastEventId = event.lastEventId;
    this.makeOld(queries);
  }

  private lost(source: EventSource): void {
    this.become('reconnecting');
    if (source.readyState === EventSource.CLOSED) {
      // Perhaps nobody is signed in any more: then the page leaves, and this connection with it.
      void this.queryClient.invalidateQueries({ queryKey: [queryKinds.me] });
      this.reopening = setTimeout(() => {
        this.open();
      }, REOPEN_MS);
    }
  }

  private makeOld(queries: readonly string[]): void {
    for (const query of queries) {
      this.old.add(query);
    }
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      const kinds = [...this.old];
      this.old.clear();
      for (const kind of kinds) {
        void this.queryClient.invalidateQueries({ queryKey: [kind] });
      }
    }, GATHER_MS);
  }

  private become(state: LiveState): void {
    if (this.state !== state) {
      this.state = state;
      for (const watcher of this.watchers) {
        watcher();
      }
    }
  }
}
