import { z } from 'zod';

const MAX_ROWS = 1000;
const PAGE_ROWS = 50;

/** `?limit&offset`, as every list takes them: 50 rows unless asked otherwise, 1,000 at most. */
export const pagingQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(PAGE_ROWS).describe('Rows to return, 1,000 at most'),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0).describe('Rows to skip'),
};

export interface Page<Item> {
  items: Item[];
  total: number;
}
