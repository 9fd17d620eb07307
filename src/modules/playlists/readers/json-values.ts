export type JsonObject = Record<string, unknown>;

export function firstText(fields: JsonObject, keys: readonly string[]): string {
  return keys.map((key) => asText(fields[key])).find((text) => text !== '') ?? '';
}

/** A string or a number (`1979` is a title) as text; anything else is empty. Never walks into what it is given. */
export function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
