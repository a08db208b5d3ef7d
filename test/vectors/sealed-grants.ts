import { sealGrant } from '../../src/grants/keys-rules.ts';
import type { GrantTerms } from '../../src/grants/terms.ts';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { hpkeKey } from '../../src/kernel/hpke.ts';
import { assert } from '../../src/kernel/result.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';

/** A grant as it stands in a record, who is to open it, and what it says; null where nobody is to read anything. */
interface SealedGrantCase {
  readonly name: string;
  readonly terms: GrantTerms;
  /** Of the receiver, X25519, base64url. */
  readonly secret: string;
  readonly to: string;
  readonly enc: string;
  readonly key: string;
  readonly value: string;
  readonly opens: string | null;
}

const TERMS: GrantTerms = {
  grant: '7c4zq1m0g2v9x5t8k3n6b4d1rf',
  version: 1,
  agreement: 'q0mFzqj0K2oS4i7gQJf8S0Qm8r1Y2Wv3Xz4A5b6C7d8',
  giver: 'f5bT2yq3X8nV1kM6pZ9rW4sD7gH0jL5cB2vN8xQ3aE4',
  receiver: 'r9cG4uK7mP2wY5zA8dF1hJ6nQ3sV0xB7eL4tR9oU2iM',
  property: 'schema:email',
  purpose: 'to say when it is ready',
  until: 1_798_761_600_000,
  epoch: 1,
};
const COUNTED: GrantTerms = { ...TERMS, times: 3 };
const VALUE = 'maya@example.org';

type Changed = Partial<Omit<SealedGrantCase, 'terms'>> & { readonly terms?: Partial<GrantTerms> };

/** What differs from a grant that opens; nothing of it opens then. */
const CHANGES: readonly (readonly [string, Changed])[] = [
  ['of another grant', { terms: { grant: '7c4zq1m0g2v9x5t8k3n6b4d1rg' } }],
  ['of a newer version', { terms: { version: 2 } }],
  ['of another relationship', { terms: { agreement: TERMS.giver } }],
  ['with the sides exchanged', { terms: { giver: TERMS.receiver, receiver: TERMS.giver } }],
  ['of another property', { terms: { property: 'schema:telephone' } }],
  ['for another purpose', { terms: { purpose: 'to say when it is readied' } }],
  ['without an end', { terms: { until: null } }],
  ['of a later epoch', { terms: { epoch: 2 } }],
  [
    'with a letter moved from one part to the next',
    { terms: { property: 'schema:emailt', purpose: 'o say when it is ready' } },
  ],
];

/** The same of one that may be opened three times. */
const RECOUNTED: readonly (readonly [string, GrantTerms])[] = [
  ['to be opened more often', { ...TERMS, times: 30 }],
  ['to be opened as often as they like', TERMS],
  ['of a later epoch, with the number in its place', { ...TERMS, epoch: 13 }],
];

/** fixtures/vectors/sealed-grants.json, computed anew. */
export function sealedGrantCases(): SealedGrantCase[] {
  const whole = sealed('a value until a day', TERMS, VALUE);
  const counted = sealed('to be opened three times', COUNTED, VALUE);
  return [
    whole,
    sealed('without an end', { ...TERMS, until: null }, VALUE),
    sealed(
      'a third value in a later epoch',
      { ...TERMS, version: 3, epoch: 12 },
      '12 Vogelmarkt\n9000 Ghent',
    ),
    sealed('letters beyond the first plane', { ...TERMS, purpose: 'für Zoë' }, 'a trumpet 🎺'),
    sealed('nothing', TERMS, ''),
    ...CHANGES.map(([name, { terms, ...parts }]) => ({
      ...{ ...whole, ...parts, name, terms: { ...TERMS, ...terms } },
      opens: null,
    })),
    counted,
    ...RECOUNTED.map(([name, terms]) => ({ ...counted, name, terms, opens: null })),
    { ...whole, name: 'with a number that nobody said', terms: COUNTED, opens: null },
    { ...whole, name: 'for another key', secret: octets('another receiver'), opens: null },
    { ...whole, name: 'an altered key', key: bent(whole.key), opens: null },
    { ...whole, name: 'an altered value', value: bent(whole.value), opens: null },
    { ...whole, name: 'a value that is too short', value: whole.value.slice(0, 16), opens: null },
    { ...whole, name: 'an ephemeral key of small order', enc: toBase64url(new Uint8Array(32)), opens: null },
  ];
}

function octets(seed: string): string {
  return toBase64url(seededRandom(`sealed grants/${seed}`).bytes(32));
}

function sealed(name: string, terms: GrantTerms, opens: string): SealedGrantCase {
  const secret = octets('receiver');
  const { publicKey } = hpkeKey(new Uint8Array(Buffer.from(secret, 'base64url')));
  const made = sealGrant(terms, publicKey, opens, seededRandom(`sealed grants/${name}`));
  assert(made, 'a key that was made is one');
  const [enc, key, value] = [made.enc, made.key, made.value].map(toBase64url);
  assert(enc && key && value, 'each part has octets');
  return { name, terms, secret, to: toBase64url(publicKey), enc, key, value, opens };
}

/** The same with its last bit turned. */
function bent(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return toBase64url(bytes);
}
