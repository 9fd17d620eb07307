import { JSON_TYPE, type OpenApiDocument, type Operation } from './described-api.js';
import { type JsonSchema, SchemaExamples } from './schema-examples.js';

export interface HostileRequest {
  what: string;
  method: string;
  path: string;
  body?: string | Uint8Array;
  contentType?: string;
}

const MULTIPART_TYPE = 'multipart/form-data';
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

/** Requests that a broken or malicious program could send to an operation. */
export class HostileRequests {
  private readonly examples: SchemaExamples;

  /** @param known real ids by the name they go by, so that a body is looked at behind its id too */
  constructor(
    document: OpenApiDocument,
    private readonly known: Readonly<Record<string, string>>,
  ) {
    this.examples = new SchemaExamples(document.components.schemas, known);
  }

  to(operation: Operation): HostileRequest[] {
    return [
      ...this.addresses(operation),
      ...this.queries(operation),
      ...(operation.bodySchema ? this.fields(operation, operation.bodySchema) : []),
      ...(operation.method === 'GET' ? [] : this.bodies(operation)),
      ...(operation.isFirstOfItsBodyType ? this.unparsable(operation) : []),
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
        body: JSON.stringify(withValue(this.examples.of(schema), place, value)),
        contentType: JSON_TYPE,
      })),
    );
  }

  /** Bodies that are no such object as the operation wants. */
  private bodies(operation: Operation): HostileRequest[] {
    const valid = this.validText(operation);
    return [
      ...['null', '[]', '[null]', '{}', '"text"', '7', '', '{', 'undefined', '\ufeff{}'].map((body) =>
        sent(operation, `the body ${body}`, this.pathOf(operation), body),
      ),
      ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'].map((body) =>
        sent(operation, `the body ${body}`, this.pathOf(operation), body),
      ),
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'].map((type) =>
        sent(operation, `the content type ${type}`, this.pathOf(operation), valid, type),
      ),
      ...(operation.bodyType === MULTIPART_TYPE ? this.files(operation) : []),
    ];
  }

  private files(operation: Operation): HostileRequest[] {
    const send = (what: string, body: string): HostileRequest =>
      sent(operation, what, this.pathOf(operation), body, `${MULTIPART_TYPE}; boundary=x`);
    return [
      send('multipart without an end', '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc'),
      send('multipart without a name', '--x\r\n\r\nabc\r\n--x--\r\n'),
      send('a file called ../../etc/passwd', fileBody('../../etc/passwd', 'Artist - Title')),
      send('a file of control characters', fileBody('a.csv', '\u0000\u0001"\u0000,\r\n"')),
      send('a file in an unknown field', fileBody('a.csv', 'a', '__proto__')),
    ];
  }

  /** What breaks off before any route has a say, the same for all: sent to one operation of each type of body. */
  private unparsable(operation: Operation): HostileRequest[] {
    const send = (what: string, body: string | Uint8Array, contentType = JSON_TYPE): HostileRequest =>
      sent(operation, what, this.pathOf(operation), body, contentType);
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, i]));
    const badUtf8 = [Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28, 0xff, 0xfe]), Buffer.from('"}')];
    return [
      ...['[[]]', 'true', ' ', '{"a":'].map((body) => send(`the body ${body}`, body)),
      send('arrays 50,000 deep', '['.repeat(50_000) + ']'.repeat(50_000)),
      send('objects 20,000 deep', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)),
      send('100,000 fields', JSON.stringify(fields)),
      send('11 MB', JSON.stringify({ text: 'x'.repeat(11 * MEGABYTE) })),
      send('bad UTF-8', Buffer.concat(badUtf8)),
      ...['application/xml', 'image/png', 'a/b/c;;=', 'application/json; charset=utf-16'].map((type) =>
        send(`the content type ${type}`, this.validText(operation), type),
      ),
    ];
  }

  private validText({ bodySchema }: Operation): string {
    return JSON.stringify(bodySchema ? this.examples.of(bodySchema) : {});
  }

  private validBody({ bodySchema }: Operation): Pick<HostileRequest, 'body' | 'contentType'> {
    return bodySchema ? { body: JSON.stringify(this.examples.of(bodySchema)), contentType: JSON_TYPE } : {};
  }

  /** The way to every field, and to every list. */
  private placesIn(schema: JsonSchema, way: string[] = []): string[][] {
    const { properties, items } = this.examples.resolved(schema);
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

function sent(
  { method }: Operation,
  what: string,
  path: string,
  body: string | Uint8Array,
  contentType = JSON_TYPE,
): HostileRequest {
  return { what, method, path, body, contentType };
}

function fileBody(fileName: string, content: string, field = 'file'): string {
  return `--x\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\n\r\n${content}\r\n--x--\r\n`;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text;
}
