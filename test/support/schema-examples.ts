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

/** Makes values that a schema of the API's description allows. */
export class SchemaExamples {
  private count = 0;

  /** @param known real ids by the name of the field they belong in */
  constructor(
    private readonly schemas: Readonly<Record<string, JsonSchema>>,
    private readonly known: Readonly<Record<string, string>>,
  ) {}

  /** A value that the schema allows, with what it requires and no more; each with another e-mail address. */
  of(schema: JsonSchema, name = ''): unknown {
    const resolved = this.resolved(schema);
    const { properties, required = [], items } = resolved;
    if (properties) {
      return Object.fromEntries(required.map((key) => [key, this.of(properties[key] ?? {}, key)]));
    }
    return items ? [this.of(items, name)] : this.exampleScalar(resolved, name);
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

  /** What a reference stands for; of several choices the first. */
  resolved(schema: JsonSchema): JsonSchema {
    if (schema.$ref !== undefined) {
      return this.resolved(this.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
    }
    const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
    return first ? this.resolved(first) : schema;
  }
}
