import { isIP } from 'node:net';

/** A range of addresses, such as 10.0.0.0/8. */
export interface Network {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** IPv4 that does not lead to a public host (IANA special-purpose registry; RFC 6890). */
const CLOSED_V4 = networks(
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier's translation
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
);

/** The only part of IPv6 that is public, without what in it is not: mapped and `::/96` addresses lie outside. */
const OPEN_V6 = networks('2000::/3');
const CLOSED_V6 = networks(
  '2001::/23', // Teredo, benchmarking, ORCHID and other protocol assignments
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which holds an IPv4 address
  '3fff::/20', // documentation
);

/** Translation of IPv4 (RFC 6052): as public as the IPv4 address in its last 32 bits. */
const NAT64 = networks('64:ff9b::/96');

/** Undefined for anything but a network in its shortest form of CIDR, with no bits set behind the prefix. */
export function readNetwork(text: string): Network | undefined {
  const [, base = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = readAddress(base);
  const prefix = Number(length);
  if (!address || prefix > address.bits) return undefined;
  const rest = BigInt(address.bits - prefix);
  if ((address.value >> rest) << rest !== address.value) return undefined;
  return { bits: address.bits, first: address.value, prefix };
}

/** True for an address that may be dialled: a public one, or one in a network that was allowed on purpose. */
export function isDiallable(text: string, allowed: readonly Network[]): boolean {
  const address = readAddress(text);
  if (!address) return false;
  return isIn(address, allowed) || isPublic(address);
}

function isPublic(address: Address): boolean {
  if (address.bits === 32) return !isIn(address, CLOSED_V4);
  if (isIn(address, NAT64)) return isPublic({ bits: 32, value: address.value & 0xffff_ffffn });
  return isIn(address, OPEN_V6) && !isIn(address, CLOSED_V6);
}

/**
 * What one remote side can change its address within: IPv4 is itself, also when written as IPv6; of IPv6 the first 64
 * bits. For counting per remote side.
 */
export function sideOf(text: string): string {
  const address = readAddress(text.replace(/%.*$/, ''));
  if (!address) return text;
  if (address.bits === 32) return text;
  if (address.value >> 32n === 0xffffn) return dotted(address.value & 0xffff_ffffn);
  return `${(address.value >> 64n).toString(16).padStart(16, '0')}/64`;
}

/** True for this machine itself. */
export function isLoopback(text: string): boolean {
  const address = readAddress(text);
  return address !== undefined && isIn(address, LOOPBACK);
}

const LOOPBACK = networks('127.0.0.0/8', '::1/128', '::ffff:127.0.0.0/104');

function isIn(address: Address, list: readonly Network[]): boolean {
  return list.some(({ bits, first, prefix }) => {
    const rest = BigInt(bits - prefix);
    return address.bits === bits && address.value >> rest === first >> rest;
  });
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

/** Undefined for anything but four decimal numbers or RFC 4291 text without a zone. */
function readAddress(text: string): Address | undefined {
  const family = isIP(text);
  if (family === 4) return { bits: 32, value: readV4(text) };
  if (family !== 6 || text.includes('%')) return undefined;
  const plain = text.replace(/[\d.]+$/, (tail) => {
    if (!tail.includes('.')) return tail;
    const value = readV4(tail);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = [], tail] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const missing = tail ? 8 - head.length - tail.length : 0;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  return { bits: 128, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

function readV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function networks(...texts: readonly string[]): readonly Network[] {
  return texts.map((text) => {
    const network = readNetwork(text);
    if (!network) throw new Error(`no network: ${text}`);
    return network;
  });
}
