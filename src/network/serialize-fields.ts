import { toUtf8 } from '../kernel/bytes.ts';
import { assert } from '../kernel/result.ts';
import {
  type BareItem,
  type Dictionary,
  type InnerList,
  type Item,
  isInnerList,
  type List,
  type Member,
  type Params,
} from './structured-fields.ts';

/** RFC 9651, section 4.1: every value has one text. What no text can hold is a bug and throws. */
export function serializeDictionary(dictionary: Dictionary): string {
  return [...dictionary]
    .map(([name, value]) => {
      const isTrue = !isInnerList(value) && value.bare.kind === 'boolean' && value.bare.value;
      return key(name) + (isTrue ? serializeParams(value.params) : `=${member(value)}`);
    })
    .join(', ');
}

export function serializeList(list: List): string {
  return list.map(member).join(', ');
}

function serializeInnerList({ items, params: own }: InnerList): string {
  return `(${items.map(serializeItem).join(' ')})${serializeParams(own)}`;
}

export function serializeItem({ bare, params: own }: Item): string {
  return bareItem(bare) + serializeParams(own);
}

function member(value: Member): string {
  return isInnerList(value) ? serializeInnerList(value) : serializeItem(value);
}

export function serializeParams(list: Params): string {
  return [...list]
    .map(([name, bare]) => {
      const isTrue = bare.kind === 'boolean' && bare.value;
      return `;${key(name)}${isTrue ? '' : `=${bareItem(bare)}`}`;
    })
    .join('');
}

function key(name: string): string {
  assert(/^[a-z*][a-z0-9_.*-]*$/.test(name), 'a name of a structured field is well formed');
  return name;
}

function bareItem(bare: BareItem): string {
  switch (bare.kind) {
    case 'integer':
      return integer(bare.value);
    case 'decimal':
      return decimal(bare.value);
    case 'date':
      return `@${integer(bare.value)}`;
    case 'string':
      if (/^[ !#-[\]-~]*$/.test(bare.value)) return `"${bare.value}"`;
      assert(/^[ -~]*$/.test(bare.value), 'a text of a structured field is printable ASCII');
      return `"${bare.value.replaceAll(/["\\]/g, '\\$&')}"`;
    case 'token':
      assert(/^[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*$/.test(bare.value), 'a token is well formed');
      return bare.value;
    case 'bytes':
      return `:${Buffer.from(bare.value).toString('base64')}:`;
    case 'boolean':
      return bare.value ? '?1' : '?0';
    case 'display':
      assert(bare.value.isWellFormed(), 'a display text has no half characters');
      return `%"${[...toUtf8(bare.value)].map(displayOctet).join('')}"`;
  }
}

function integer(value: number): string {
  assert(Number.isInteger(value) && Math.abs(value) < 1e15, 'an integer has at most 15 digits');
  return String(value + 0);
}

/** Rounded to thousandths, halves to the even one, as the shortest text of the number reads. */
function decimal(value: number): string {
  const [whole = '', fraction = ''] = Math.abs(value) < 1e-6 ? ['0'] : String(Math.abs(value)).split('.');
  const kept = BigInt(whole + fraction.slice(0, 3).padEnd(3, '0'));
  const rest = fraction.slice(3).padEnd(1, '0');
  const isHalf = /^50*$/.test(rest);
  const isUp = isHalf ? kept % 2n === 1n : rest >= '5';
  const digits = String(kept + (isUp ? 1n : 0n)).padStart(4, '0');
  assert(digits.length <= 15, 'a decimal has at most 12 digits before its point');
  const text = `${digits.slice(0, -3)}.${digits.slice(-3, -2)}${digits.slice(-2).replace(/0{1,2}$/, '')}`;
  return value < 0 && Number(text) !== 0 ? `-${text}` : text;
}

function displayOctet(octet: number): string {
  const isPlain = octet >= 0x20 && octet <= 0x7e && octet !== 0x25 && octet !== 0x22;
  return isPlain ? String.fromCharCode(octet) : `%${octet.toString(16).padStart(2, '0')}`;
}
