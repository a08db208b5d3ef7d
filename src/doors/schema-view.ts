import { z } from 'zod';

/** As much of a JSON Schema (2020-12) as Parley's own schemas use. */
export interface SchemaView {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaView>>;
  readonly required?: readonly string[];
  readonly items?: SchemaView;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly SchemaView[];
  readonly contentMediaType?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly additionalProperties?: SchemaView | boolean;
}

/** What may be sent in, or comes out, as JSON Schema; files are octets. */
export function schemaView(schema: z.ZodType, io: 'input' | 'output'): SchemaView {
  const { $schema: _, ...view } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return view as SchemaView; // the members are those of JSON Schema
}

/** A kind of value in a few words, for help texts. */
export function kindOf(view: SchemaView): string {
  if (view.const !== undefined) return JSON.stringify(view.const);
  if (view.enum) return view.enum.map(String).join('|');
  if (view.anyOf) return view.anyOf.map(kindOf).join(' or ');
  if (isAmount(view)) return 'amount, such as "12.50 EUR" or "2 hours"';
  if (view.contentMediaType) return 'file';
  if (view.type === 'array') return `list of ${view.items ? kindOf(view.items) : 'anything'}`;
  if (view.type === 'integer') return 'whole number';
  if (view.type === 'boolean') return 'yes/no';
  if (view.type === 'object') return 'JSON object';
  return view.type === 'string' ? 'text' : 'JSON';
}

export function isAmount(view: SchemaView): boolean {
  const names = Object.keys(view.properties ?? {});
  return names.length === 2 && names.includes('unit') && names.includes('value');
}
