import { Inject, Injectable, Logger } from '@nestjs/common';

import { DomainError } from '../../../common/errors/domain-error.js';
import { AppConfig } from '../../../config/app-config.js';
import { mergeHits, type SearchHit } from './merge-hits.js';
import type { FoundTrack, SearchPlatform, SearchQuery, SearchSource } from './search-source.js';

export const SEARCH_SOURCES = Symbol('SEARCH_SOURCES');

export const SOURCE_STATES = ['answered', 'failed', 'timed_out', 'not_connected'] as const;

/** What became of asking one source. */
export interface SourceAnswer {
  platform: SearchPlatform;
  state: (typeof SOURCE_STATES)[number];
  tracks: FoundTrack[];
}

/** One search over everything: each source has a deadline of its own, and one that is down takes nothing from the rest. */
@Injectable()
export class UniversalSearch {
  private readonly logger = new Logger(UniversalSearch.name);

  constructor(
    @Inject(SEARCH_SOURCES) private readonly sources: readonly SearchSource[],
    private readonly config: AppConfig,
  ) {}

  /** @param platform only that one; undefined asks all */
  async search(
    query: SearchQuery,
    platform: SearchPlatform | undefined,
  ): Promise<{ hits: SearchHit[]; answers: SourceAnswer[] }> {
    const asked = this.sources.filter((source) => platform === undefined || source.platform === platform);
    const answers = await Promise.all(asked.map((source) => this.ask(source, query)));
    return { hits: mergeHits(query.text, answers, query.limit), answers };
  }

  private async ask(source: SearchSource, query: SearchQuery): Promise<SourceAnswer> {
    const { platform } = source;
    const deadline = AbortSignal.timeout(this.config.searchDeadlineMs);
    try {
      const tracks = await Promise.race([this.askConnected(source, query, deadline), rejection(deadline)]);
      return tracks ? { platform, state: 'answered', tracks } : { platform, state: 'not_connected', tracks: [] };
    } catch (error) {
      const state = deadline.aborted ? 'timed_out' : 'failed';
      if (!deadline.aborted && !(error instanceof DomainError)) {
        this.logger.warn({ err: error as Error, platform });
      }
      return { platform, state, tracks: [] };
    }
  }

  private async askConnected(
    source: SearchSource,
    query: SearchQuery,
    deadline: AbortSignal,
  ): Promise<FoundTrack[] | null> {
    return (await source.isConnected(query.userId)) ? source.search(query, deadline) : null;
  }
}

/** A source may not heed the signal: nobody waits for it all the same. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
