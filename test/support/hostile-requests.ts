export interface JsonSchema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  minLength?: number;
  minimum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

interface OpenApiOperation {
  parameters?: Array<{ in: string; name: string }>;
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

export interface HostileRequest {
  what: string;
  method: string;
  path: string;
  body?: string | Uint8Array;
  contentType?: string;
}

export interface Operation {
  name: string;
  method: string;
  path: string;
  queryNames: string[];
  hasPathId: boolean;
  bodySchema: JsonSchema | null;
  bodyType: string | null;
}

const JSON_TYPE = 'application/json';
const MEGABYTE = 1024 * 1024;
const TEXTS = [
  '',
  ' ',
  'x'.repeat(5_000),
  'x'.repeat(100_000),
  '💩'.repeat(40),
  '\u0000',
  'a\u0000b',
  '\u0001\u0007\u001b[31m\u007f\u0085',
  '\ud800',
  'b\udc00',
  '\u202e\u2028\ufeff',
  "'; drop table app_user; --",
  '\\',
  '%_%',
  '../../../etc/passwd',
  '${jndi:ldap://127.0.0.1/a}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '2026-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
];
const VALUES: unknown[] = [
  null,
  true,
  7,
  -1,
  0.5,
  1e308,
  9_007_199_254_740_993,
  [],
  [null],
  {},
  { toString: 1 },
  ...TEXTS,
];
const IN_ADDRESSES = [...TEXTS.filter((text) => text.length <= 5_000 && !/[\ud800-\udfff]/.test(text)), '💩'].map(
  (text) => encodeURIComponent(text),
);
/** Not even well-formed as part of an address. */
const MALFORMED = ['%', '%zz', '%ff', '%E0%A4%A', '%00', '..%2f..%2f', '.', '%2e%2e'];

/** Every operation that the document describes. */
export function operationsOf({ paths }: OpenApiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const [bodyType = null] = Object.keys(requestBody?.content ?? {});
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: path.replace(/^\/api/, ''),
        queryNames: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        hasPathId: path.includes('{'),
        bodySchema: bodyType === JSON_TYPE ? (requestBody?.content[JSON_TYPE]?.schema ?? null) : null,
        bodyType,
      };
    }),
  );
}

/** Requests that a broken or malicious program could send to an operation. */
export class HostileRequests {
  private count = 0;

  /** @param known real ids by the name they go by, so that a body is looked at behind its id too */
  constructor(
    private readonly document: OpenApiDocument,
    private readonly known: Readonly<Record<string, string>>,
  ) {}

  to(operation: Operation): HostileRequest[] {
    return [
      ...this.addresses(operation),
      ...this.queries(operation),
      ...(operation.bodySchema ? this.fields(operation, operation.bodySchema) : []),
      ...(operation.method === 'GET' ? [] : this.bodies(operation)),
    ];
  }

  private pathOf({ path }: Operation): string {
    const resource = path.split('/')[1] ?? '';
    return path.replaceAll(/\{\w+\}/g, this.known[resource] ?? '01900000-0000-7000-8000-000000000000');
  }

  private addresses(operation: Operation): HostileRequest[] {
    const { method, path, hasPathId } = operation;
    if (!hasPathId) {
      return [];
    }
    return [...IN_ADDRESSES, ...MALFORMED].map((id) => ({
      what: `the id ${shown(id)}`,
      method,
      path: path.replaceAll(/\{\w+\}/g, id),
      ...this.validBody(operation),
    }));
  }

  private queries(operation: Operation): HostileRequest[] {
    const path = this.pathOf(operation);
    const request = (query: string): HostileRequest => ({
      what: `the query ${shown(query)}`,
      method: operation.method,
      path: `${path}?${query}`,
      ...this.validBody(operation),
    });
    const perName = operation.queryNames.flatMap((name) => [
      ...[...IN_ADDRESSES, ...MALFORMED, '-1', '1e309', 'NaN', '9'.repeat(40), '0x10', 'true'].map((value) =>
        request(`${name}=${value}`),
      ),
      request(`${name}=1&${name}=2`),
      request(`${name}[a]=1`),
      request(`${name}[]=1`),
      request(`${name}[__proto__]=1`),
    ]);
    return [...perName, request('__proto__[admin]=1&__proto__=1&constructor[prototype]=1'), request('&=&%&?')];
  }

  /** A body that is right in all but one place. */
  private fields(operation: Operation, schema: JsonSchema): HostileRequest[] {
    return this.placesIn(schema).flatMap((place) =>
      VALUES.map((value) => ({
        what: `${shown(JSON.stringify(value))} as ${place.join('.')}`,
        method: operation.method,
        path: this.pathOf(operation),
        body: JSON.stringify(withValue(this.example(schema), place, value)),
        contentType: JSON_TYPE,
      })),
    );
  }

  private bodies(operation: Operation): HostileRequest[] {
    const send = (what: string, body: string | Uint8Array, contentType = JSON_TYPE): HostileRequest => ({
      what,
      method: operation.method,
      path: this.pathOf(operation),
      body,
      contentType,
    });
    const valid = JSON.stringify(operation.bodySchema ? this.example(operation.bodySchema) : {});
    return [
      ...[
        'null',
        '[]',
        '[[]]',
        '[null]',
        '{}',
        '"text"',
        '7',
        'true',
        '',
        ' ',
        '{',
        '{"a":',
        'undefined',
        '\ufeff{}',
      ].map((body) => send(`the body ${body}`, body)),
      send('own __proto__', '{"__proto__":{"admin":true}}'),
      send('own constructor', '{"constructor":{"prototype":{"admin":true}}}'),
      send('arrays 50,000 deep', '['.repeat(50_000) + ']'.repeat(50_000)),
      send('objects 20,000 deep', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)),
      send(
        '100,000 fields',
        JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, i]))),
      ),
      send('11 MB', JSON.stringify({ text: 'x'.repeat(11 * MEGABYTE) })),
      send(
        'bad UTF-8',
        Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28, 0xff, 0xfe]), Buffer.from('"}')]),
      ),
      ...[
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'image/png',
        'nonsense',
        'a/b/c;;=',
      ].map((type) => send(`the content type ${type}`, valid, type)),
      send('another charset', valid, 'application/json; charset=utf-16'),
      send('multipart without a boundary', valid, 'multipart/form-data'),
      send('multipart without an end', '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc', multipart('x')),
      send('multipart without a name', '--x\r\n\r\nabc\r\n--x--\r\n', multipart('x')),
      send('a file called ../../etc/passwd', fileBody('../../etc/passwd', 'Artist - Title'), multipart('x')),
      send('a file of control characters', fileBody('a.csv', '\u0000\u0001"\u0000,\r\n"'), multipart('x')),
      send('a file in an unknown field', fileBody('a.csv', 'a', '__proto__'), multipart('x')),
    ];
  }

  private validBody({ bodySchema }: Operation): Pick<HostileRequest, 'body' | 'contentType'> {
    return bodySchema ? { body: JSON.stringify(this.example(bodySchema)), contentType: JSON_TYPE } : {};
  }

  /** A value that the schema allows, with what it requires and no more; each with another e-mail address. */
  private example(schema: JsonSchema, name = ''): unknown {
    const resolved = this.resolved(schema);
    const { properties, required = [], items } = resolved;
    if (properties) {
      return Object.fromEntries(required.map((key) => [key, this.example(properties[key] ?? {}, key)]));
    }
    return items ? [this.example(items, name)] : this.exampleScalar(resolved, name);
  }

  private exampleScalar(schema: JsonSchema, name: string): unknown {
    const only = schema.const ?? schema.enum?.[0];
    if (only !== undefined || schema.type === 'boolean') {
      return only ?? true;
    }
    const isNumber = schema.type === 'integer' || schema.type === 'number';
    return isNumber ? (schema.minimum ?? 0) : this.exampleText(schema, name);
  }

  private exampleText({ format, minLength = 0 }: JsonSchema, name: string): string {
    if (format === 'email' || name === 'email') {
      this.count += 1;
      return `hostile-${this.count}@example.org`;
    }
    if (format === 'uuid') {
      return this.known[name] ?? '01900000-0000-7000-8000-000000000000';
    }
    return format === 'date-time' ? '2026-01-15T11:59:00.000Z' : 'example'.padEnd(minLength, 'x');
  }

  private resolved(schema: JsonSchema): JsonSchema {
    if (schema.$ref !== undefined) {
      return this.resolved(this.document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
    }
    const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
    return first ? this.resolved(first) : schema;
  }

  /** The way to every field, and to every list. */
  private placesIn(schema: JsonSchema, way: string[] = []): string[][] {
    const { properties, items } = this.resolved(schema);
    const here = way.length > 0 ? [way] : [];
    if (properties) {
      return [...here, ...Object.entries(properties).flatMap(([key, value]) => this.placesIn(value, [...way, key]))];
    }
    return items ? [...here, ...this.placesIn(items, [...way, '0'])] : here;
  }
}

function withValue(body: unknown, [first, ...rest]: string[], value: unknown): unknown {
  if (first === undefined) {
    return value;
  }
  const inner = withValue((body as Record<string, unknown> | undefined)?.[first], rest, value);
  return Array.isArray(body) ? [inner] : { ...(body as object), [first]: inner };
}

function multipart(boundary: string): string {
  return `multipart/form-data; boundary=${boundary}`;
}

function fileBody(fileName: string, content: string, field = 'file'): string {
  return `--x\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n\r\n${content}\r\n--x--\r\n`;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text;
}
