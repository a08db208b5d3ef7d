import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { derive } from '../../src/kernel/sealing.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';
import { packContent } from '../../src/vault/content.ts';
import type { Head } from '../../src/vault/model.ts';
import { sealContent, sealHeads, wrapCategoryKey } from '../../src/vault/sealing.ts';

/** A seal of docs/reference/vault.md, with what it has to open to, or that it must not. */
interface VaultCase {
  readonly name: string;
  readonly key: string;
  readonly context: string;
  readonly sealed: string;
  /** Absent where it must not open. */
  readonly plain?: string;
}

const OF = { home: 'k1n5d0f8q2w7e4r6t9y3h5j8s2', category: 'contact', epoch: 2 } as const;
const AT = { id: 'b7c2m4x9z1v6n3k8d5g0p2h7qa', version: 3 };
const HEAD: Head = {
  id: AT.id,
  property: 'schema:email',
  place: '012 private',
  search: 'private zoe@example.org',
  fingerprint: 'f'.repeat(43),
  tags: ['mail'],
  trashedAt: null,
};

/** The whole way from a served secret to one item and its head, and each step with one thing wrong. */
export function vaultCases(): VaultCase[] {
  const random = seededRandom('vault vectors');
  const served = random.bytes(32);
  const root = derive(served, 'parley/vault/v1');
  const key = { ...OF, key: random.bytes(32) };
  const content = { property: 'schema:email', label: 'Private', value: 'zoe@example.org', tags: ['mail'] };
  const itemKey = random.bytes(32);
  const drawn = [itemKey, random.bytes(12), random.bytes(12)];
  const set = { bytes: () => drawn.shift() ?? new Uint8Array(0) };
  const item = sealContent(key, AT, content, set);
  const wrapped = wrapCategoryKey(root, key, random);
  const heads = sealHeads(key, 1, 'revision', [HEAD], random);
  const of = `${OF.home}|${OF.category}|${OF.epoch}`;
  const steps: [string, Uint8Array, string, Uint8Array, Uint8Array][] = [
    ['category key', root, `category-key|${of}`, wrapped, key.key],
    ['item key', key.key, `item-key|${of}|${AT.id}|${AT.version}|1`, item.item_key, itemKey],
    ['content', itemKey, `item|${of}|${AT.id}|${AT.version}|1`, item.sealed, toUtf8(packContent(content))],
    ['heads', key.key, `heads|${of}|1|revision`, heads, headsOctets()],
  ];
  return steps.flatMap(([name, by, context, sealed, plain]) => {
    const it = { key: toBase64url(by), context: `parley/vault/v1|${context}`, sealed: toBase64url(sealed) };
    const other = { ...it, context: it.context.replace('|2', '|1') };
    const bent = sealed.map((octet, at) => (at === sealed.length - 20 ? octet ^ 1 : octet));
    return [
      { name, ...it, plain: toBase64url(plain) },
      { name: `${name} of another epoch`, ...other },
      { name: `${name} with one bit bent`, ...it, sealed: toBase64url(bent) },
      { name: `${name} cut short`, ...it, sealed: toBase64url(sealed.subarray(0, -1)) },
      { name: `${name} under the served secret itself`, ...it, key: toBase64url(served) },
    ];
  });
}

/** Written out as the page says, not by what packs it. */
function headsOctets(): Uint8Array {
  const { id, property, place, search, fingerprint, tags } = HEAD;
  return Buffer.from(JSON.stringify([[id, property, place, search, fingerprint, tags, null]]));
}
