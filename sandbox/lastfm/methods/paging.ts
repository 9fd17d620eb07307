import { ApiError } from '../protocol/api-error.js';
import type { FlatParameters } from '../protocol/flat-parameters.js';

const MAX_LIMIT = 1000;

/** Which slice of a list the client asks for. A limit beyond 1000 counts as 1000. */
export class Paging {
  private constructor(
    readonly page: number,
    readonly limit: number,
  ) {}

  static read(params: FlatParameters, defaultLimit: number): Paging {
    const page = params.findInteger('page') ?? 1;
    const limit = params.findInteger('limit') ?? defaultLimit;
    if (page < 1 || limit < 1) {
      throw ApiError.invalidParameter(page < 1 ? 'page' : 'limit');
    }
    return new Paging(page, Math.min(limit, MAX_LIMIT));
  }

  get offset(): number {
    return (this.page - 1) * this.limit;
  }

  sliceOf<Item>(items: readonly Item[]): Item[] {
    return items.slice(this.offset, this.offset + this.limit);
  }

  /** The attributes beside a user's list: strings, all of them. Error 6 beyond the last page. */
  attributesOf(user: string, total: number): Record<string, string> {
    const totalPages = Math.ceil(total / this.limit);
    if (this.page > Math.max(1, totalPages)) {
      throw new ApiError(6, 'no such page');
    }
    return {
      user,
      page: String(this.page),
      perPage: String(this.limit),
      totalPages: String(totalPages),
      total: String(total),
    };
  }
}
