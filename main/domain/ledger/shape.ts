import { z } from 'zod';
import { Code, Country, Digest, Fingerprint } from '../identifiers.ts';
import { entrySchema } from './entry.ts';
import type { EntryType } from './entry-types.ts';

/**
 * The form of an entry type as a tree, derived from its published schema: members in canonical
 * order, and at every leaf what its text means. Both ways of reading an entry (strictly, and fast)
 * walk this tree, so they cannot disagree on what they find.
 */
export type Shape =
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly item: Leaf; readonly max: number }
  | Leaf;

export interface Member {
  readonly key: string;
  readonly required: boolean;
  readonly shape: Shape;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly meaning: Meaning;
  /** Source of a regular expression for its canonical text; undefined when it has no simple one. */
  readonly source: string | undefined;
}

/** What a text in an entry is; `plain` is of no use for finding the entry. */
export type Meaning =
  | 'fingerprint'
  | 'digest'
  | 'evidence'
  | 'commitment'
  | 'uuid'
  | 'code'
  | 'country'
  | 'outcome'
  | 'plain';

interface JsonSchema {
  readonly $comment?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | false;
}

const shapes = new Map<EntryType, Shape>();

/** The form of a whole entry of this type. */
export function shapeOf(type: EntryType): Shape {
  let shape = shapes.get(type);
  if (shape === undefined) {
    shape = toShape(z.toJSONSchema(entrySchema(type)) as JsonSchema, '');
    shapes.set(type, shape);
  }
  return shape;
}

function toShape(schema: JsonSchema, key: string): Shape {
  if (schema.type === 'object') {
    const properties = schema.properties ?? openProperties(schema);
    const members = Object.keys(properties)
      .sort()
      .map((name) => ({
        key: name,
        required: schema.required?.includes(name) ?? false,
        shape: toShape(properties[name] ?? {}, name),
      }));
    return { kind: 'object', members };
  }
  if (schema.type === 'array') {
    const item = toShape(schema.items ?? {}, key);
    if (item.kind !== 'leaf') throw new TypeError(`a list of more than texts: ${key}`);
    return { kind: 'list', item, max: schema.maxItems ?? 0 };
  }
  return { kind: 'leaf', meaning: meaningOf(schema, key), source: sourceOf(schema) };
}

/** A record over known names is an object with these members. */
function openProperties(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const value = schema.additionalProperties;
  if (!value) return {};
  return Object.fromEntries(schema.propertyNames?.enum?.map((name) => [String(name), value]) ?? []);
}

const PATTERNS: readonly (readonly [z.ZodType, Meaning])[] = [
  [Fingerprint, 'fingerprint'],
  [Digest, 'digest'],
  [Code, 'code'],
  [Country, 'country'],
];
const MEANING_OF_PATTERN = new Map(
  PATTERNS.map(([schema, meaning]) => [(z.toJSONSchema(schema) as JsonSchema).pattern, meaning]),
);

function meaningOf(schema: JsonSchema, key: string): Meaning {
  if (schema.$comment === 'commitment' || schema.$comment === 'evidence') return schema.$comment;
  if (schema.$comment !== undefined) return 'plain';
  if (schema.format === 'uuid') return 'uuid';
  if (schema.enum !== undefined && (key === 'kind' || key === 'outcome')) return 'outcome';
  return (
    (schema.pattern === undefined ? undefined : MEANING_OF_PATTERN.get(schema.pattern)) ?? 'plain'
  );
}

function sourceOf(schema: JsonSchema): string | undefined {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values !== undefined)
    return `"(?:${values.map((value) => literal(String(value))).join('|')})"`;
  switch (schema.type) {
    case 'boolean':
      return '(?:true|false)';
    case 'integer':
      return schema.minimum === 0 ? '(?:0|[1-9][0-9]{0,14})' : undefined;
    case 'string':
      if (schema.pattern !== undefined) return `"${bare(schema.pattern)}"`;
      return `"[ !#-\\[\\]-~]{0,${String(schema.maxLength ?? 0)}}"`;
    default:
      return undefined;
  }
}

/** A pattern without its anchors and without groups of its own. */
function bare(pattern: string): string {
  return `(?:${pattern.replace(/^\^|\$$/g, '').replace(/\((?!\?)/g, '(?:')})`;
}

/** `text` as a regular expression that matches just it. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
