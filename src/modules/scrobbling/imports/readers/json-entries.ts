import type { Readable } from 'node:stream';

import { JSONParser } from '@streamparser/json-node';

import { HistoryBrokenError } from '../imports.errors.js';

type JsonObject = Record<string, unknown>;

/**
 * The objects at this path of a JSON document, one by one; the rest of the document is never in memory.
 * @param path such as `$.*` for the elements of an array
 * @throws HistoryBrokenError where it is no JSON, or ends too early
 */
export async function* jsonEntries(bytes: Readable, path: string): AsyncGenerator<JsonObject> {
  const parser = new JSONParser({ paths: [path], keepStack: false });
  bytes.once('error', (error) => parser.destroy(error));
  const entries = bytes.pipe(parser);
  try {
    for await (const entry of entries as AsyncIterable<{ value: unknown }>) {
      yield isObject(entry.value) ? entry.value : {};
    }
  } catch (error) {
    throw new HistoryBrokenError('This JSON breaks off or is not well-formed', error);
  } finally {
    bytes.destroy();
  }
}

/** Reads a field of a field, whatever is really there. */
export function at(value: unknown, ...path: Array<string | number>): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) || Array.isArray(inner) ? (inner as JsonObject)[key] : undefined),
    value,
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
