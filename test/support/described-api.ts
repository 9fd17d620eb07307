import { readFileSync } from 'node:fs';

import type { AccessRule } from '../../src/common/http/access.decorator.js';
import type { JsonSchema } from './schema-examples.js';

interface OpenApiOperation {
  'x-access': AccessRule[];
  parameters?: Array<{ in: string; name: string; required?: boolean; schema: JsonSchema }>;
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

export interface Operation {
  name: string;
  method: string;
  path: string;
  queryNames: string[];
  /** The query without which it is not understood, by name. */
  requiredQuery: Record<string, JsonSchema>;
  hasPathId: boolean;
  /** Who may call it: any one of these rules is enough. */
  access: AccessRule[];
  bodySchema: JsonSchema | null;
  bodyType: string | null;
  isFirstOfItsBodyType: boolean;
}

export const JSON_TYPE = 'application/json';

/** openapi.json as it lies in the repository. */
export function describedApi(): OpenApiDocument {
  return JSON.parse(readFileSync('openapi.json', 'utf8')) as OpenApiDocument;
}

/** Every operation that the document describes. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, 'x-access': access }]) => {
      const [bodyType = null] = Object.keys(requestBody?.content ?? {});
      const query = parameters.filter((parameter) => parameter.in === 'query');
      const required = query.filter((parameter) => parameter.required);
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: path.replace(/^\/api/, ''),
        queryNames: query.map(({ name }) => name),
        requiredQuery: Object.fromEntries(required.map(({ name, schema }) => [name, schema])),
        hasPathId: path.includes('{'),
        access,
        bodySchema: bodyType === JSON_TYPE ? (requestBody?.content[JSON_TYPE]?.schema ?? null) : null,
        bodyType,
      };
    }),
  );
  const firsts = new Map(operations.toReversed().map((operation) => [operation.bodyType, operation]));
  return operations.map((operation) => ({
    ...operation,
    isFirstOfItsBodyType: operation.bodyType !== null && firsts.get(operation.bodyType) === operation,
  }));
}
