import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseDictionary, parseItem, parseList } from '../../src/network/parse-fields.ts';
import { serializeDictionary, serializeItem, serializeList } from '../../src/network/serialize-fields.ts';
import type { BareItem, Item, Member, Params } from '../../src/network/structured-fields.ts';
import { isInnerList } from '../../src/network/structured-fields.ts';
import { filesIn, fixture, publicPath } from './folder.ts';

/** As github.com/httpwg/structured-field-tests describes it. */
interface FieldCase {
  readonly name: string;
  readonly header_type: 'item' | 'list' | 'dictionary';
  readonly raw?: readonly string[];
  readonly expected?: unknown;
  readonly must_fail?: boolean;
  readonly can_fail?: boolean;
  readonly canonical?: readonly string[];
}

test('structured fields of our own selection are parsed and serialised as expected', () => {
  const cases = fixture<FieldCase[]>('structured-fields.json');
  assert.ok(cases.length > 40);
  for (const it of cases) check(it);
});

const folder = publicPath('structured-field-tests');
if (folder) {
  const cases = filesIn(folder, '.json').flatMap((file) => read(file));
  const serialisation = filesIn(publicPath('structured-field-tests', 'serialisation-tests') ?? '', '.json');
  const toSerialise = serialisation.flatMap((file) => read(file));
  test(`httpwg structured fields: ${cases.length} parsed and serialised, ${toSerialise.length} only serialised`, () => {
    assert.ok(cases.length > 0 && toSerialise.length > 0);
    for (const it of [...cases, ...toSerialise]) check(it);
  });
}

/** Parses what is given raw; serialises what came of it, or what is given as data only. */
function check(it: FieldCase): void {
  if (it.raw === undefined) {
    if (it.must_fail) assert.throws(() => serialize(it), it.name);
    else assert.equal(serialize(it), it.canonical?.join(', '), it.name);
    return;
  }
  const [data, text] = roundTrip(it.header_type, it.raw.join(', '));
  if (it.must_fail || (it.can_fail && data === undefined)) {
    assert.equal(data, undefined, it.name);
    return;
  }
  assert.deepEqual(data, it.expected, it.name);
  assert.equal(text, (it.canonical ?? it.raw).join(', '), it.name);
}

/** The reading as the test format writes it, and what it serialises to; undefined when it is refused. */
function roundTrip(type: FieldCase['header_type'], raw: string): readonly [unknown, string] | [undefined] {
  if (type === 'item') {
    const read = parseItem(raw);
    return read.ok ? [fromItem(read.value), serializeItem(read.value)] : [undefined];
  }
  if (type === 'list') {
    const read = parseList(raw);
    return read.ok ? [read.value.map(fromMember), serializeList(read.value)] : [undefined];
  }
  const read = parseDictionary(raw);
  if (!read.ok) return [undefined];
  return [[...read.value].map(([name, it]) => [name, fromMember(it)]), serializeDictionary(read.value)];
}

function fromMember(member: Member): unknown {
  return isInnerList(member) ? [member.items.map(fromItem), fromParams(member.params)] : fromItem(member);
}

function fromItem({ bare, params }: Item): unknown {
  return [fromBare(bare), fromParams(params)];
}

function fromParams(params: Params): unknown {
  return [...params].map(([name, bare]) => [name, fromBare(bare)]);
}

function fromBare({ kind, value }: BareItem): unknown {
  if (kind === 'bytes') return { __type: 'binary', value: toBase32(value) };
  if (kind === 'display') return { __type: 'displaystring', value };
  return kind === 'token' || kind === 'date' ? { __type: kind, value } : value;
}

/** The data of a case that is only serialised: items, and the names of members and parameters. */
function serialize({ header_type, expected }: FieldCase): string {
  if (header_type === 'item') return serializeItem(toItem(expected));
  if (header_type === 'list') return serializeList(entries(expected).map(toItem));
  return serializeDictionary(new Map(pairs(expected).map(([name, it]) => [name, toItem(it)])));
}

function toItem(data: unknown): Item {
  const [bare, params] = entries(data);
  return { bare: toBare(bare), params: new Map(pairs(params).map(([name, it]) => [name, toBare(it)])) };
}

function toBare(data: unknown): BareItem {
  if (typeof data === 'number') return { kind: Number.isInteger(data) ? 'integer' : 'decimal', value: data };
  if (typeof data === 'boolean') return { kind: 'boolean', value: data };
  if (typeof data === 'string') return { kind: 'string', value: data };
  assert.ok(typeof data === 'object' && data !== null && '__type' in data && 'value' in data);
  assert.equal(data.__type, 'token', 'only tokens are written as objects among these');
  return { kind: 'token', value: String(data.value) };
}

function entries(data: unknown): unknown[] {
  assert.ok(Array.isArray(data));
  return data;
}

function pairs(data: unknown): [string, unknown][] {
  return entries(data).map((pair) => {
    const [name, it] = entries(pair);
    return [String(name), it];
  });
}

function toBase32(octets: Uint8Array): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{1,5}/g) ?? [];
  const text = fives.map((it) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(it.padEnd(5, '0'), 2)]);
  return text.join('').padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function read(file: string): FieldCase[] {
  return JSON.parse(readFileSync(file, 'utf8')) as FieldCase[]; // the set's own schema
}
