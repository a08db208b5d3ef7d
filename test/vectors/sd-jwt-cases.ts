import { hashId, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import type { Json, JsonObject } from '../../src/kernel/json.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';

/** Something shown to one receiver in answer to one question, and what has to be said of it. */
export interface SdJwtCase {
  readonly name: string;
  readonly token: string;
  /** The issuer's key as the receiver knows it; absent where the proof's own word is taken. */
  readonly issuerKey?: JsonObject;
  readonly audience: string;
  readonly nonce: string;
  /** When it was asked for, and the receiver's clock, in milliseconds. */
  readonly since: number;
  readonly now: number;
  /** `holds`, or the code. */
  readonly verdict: string;
  /** What is known then, beside what a proof says of itself. */
  readonly claims?: JsonObject;
}

const keyOf = (n: number): SigningKey => signingKey(new Uint8Array(32).fill(n));
const [issuer, holder, other] = [keyOf(1), keyOf(2), keyOf(3)];

const NOW = Date.UTC(2026, 10, 2, 10);
const SECONDS = NOW / 1000;
const AUDIENCE = 'urn:parley:identity:receiver';
const NONCE = 'the-question';
const SALT = toBase64url(new Uint8Array(16).fill(7));

const jwkOf = (key: SigningKey): JsonObject => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: toBase64url(key.publicKey),
});
const part = (text: string): string => toBase64url(toUtf8(text));
const json = (value: Json): string => JSON.stringify(value);
const digest = (disclosure: string): string => hashId(toUtf8(disclosure));

function signed(header: string, payload: string, key: SigningKey = issuer): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${toBase64url(key.sign(toUtf8(input)))}`;
}

const AGE = part(json([SALT, 'age_over_18', true]));
const REGION = part(json([`${SALT}A`, 'region', 'East Flanders']));
const HEADER: JsonObject = { alg: 'EdDSA', typ: 'dc+sd-jwt', jwk: jwkOf(issuer) };
const PAYLOAD: JsonObject = {
  iss: 'did:web:town.example:parties:ghent',
  vct: 'urn:parley:proof:age',
  iat: SECONDS - 86_400,
  exp: SECONDS + 86_400,
  cnf: { jwk: jwkOf(holder) },
  _sd_alg: 'sha-256',
  _sd: [digest(AGE), digest(REGION), digest('a decoy')].sort(),
};

interface Made {
  readonly header?: JsonObject;
  readonly payload?: JsonObject;
  /** The whole first part, where no JSON of ours would do. */
  readonly jwt?: string;
  readonly disclosures?: readonly string[];
  readonly binding?: JsonObject;
  readonly bindingHeader?: JsonObject;
  readonly bindingKey?: SigningKey;
}

function bare({ header, payload, jwt, disclosures = [AGE] }: Made): string {
  const first = jwt ?? signed(json({ ...HEADER, ...header }), json({ ...PAYLOAD, ...payload }));
  return [first, ...disclosures, ''].join('~');
}

function shown(made: Made = {}): string {
  const text = bare(made);
  const payload = { iat: SECONDS, aud: AUDIENCE, nonce: NONCE, sd_hash: digest(text), ...made.binding };
  const header = { alg: 'EdDSA', typ: 'kb+jwt', ...made.bindingHeader };
  return text + signed(json(header), json(payload), made.bindingKey ?? holder);
}

type Options = Partial<Pick<SdJwtCase, 'claims' | 'issuerKey' | 'audience' | 'nonce' | 'since' | 'now'>>;

function caseOf(name: string, verdict: string, token: string, options: Options = {}): SdJwtCase {
  return {
    name,
    verdict,
    token,
    audience: AUDIENCE,
    nonce: NONCE,
    since: NOW - 60_000,
    now: NOW,
    ...options,
  };
}

function withDigests(...disclosures: string[]): JsonObject {
  return { _sd: disclosures.map(digest) };
}

/** Presentations of a proof of ours, whole and with one thing wrong at a time. */
export function sdJwtCases(): SdJwtCase[] {
  return [...holding(), ...malformed(), ...misplaced(), ...mistimed(), ...missigned(), ...unbound()];
}

function holding(): SdJwtCase[] {
  const over = { age_over_18: true };
  const inner = part(json([SALT, 'region', 'East Flanders']));
  const outer = part(json([SALT, 'address', { _sd: [digest(inner), digest('no town')], country: 'BE' }]));
  const element = part(json([SALT, 'BE']));
  const list = { nationalities: [{ '...': digest(element) }, { '...': digest('another') }, 'NL'] };
  const spaced = `{ "alg" : "EdDSA",\n "typ":"dc+sd-jwt", "jwk": ${json(jwkOf(issuer))} }`;
  return [
    caseOf('one fact of two', 'holds', shown(), { claims: over }),
    caseOf('under a key that is known', 'holds', shown(), { claims: over, issuerKey: jwkOf(issuer) }),
    caseOf('no fact at all', 'holds', shown({ disclosures: [] }), { claims: {} }),
    caseOf('two facts, in another order', 'holds', shown({ disclosures: [REGION, AGE] }), {
      claims: { ...over, region: 'East Flanders' },
    }),
    caseOf('the same way of signing by its newer name', 'holds', shown({ header: { alg: 'Ed25519' } }), {
      claims: over,
    }),
    caseOf('the type that was used before', 'holds', shown({ header: { typ: 'vc+sd-jwt' } }), {
      claims: over,
    }),
    caseOf('without a name of its hash', 'holds', shown({ jwt: signed(json(HEADER), json(withoutAlg())) }), {
      claims: over,
    }),
    caseOf(
      'a fact within a fact',
      'holds',
      shown({ payload: withDigests(outer), disclosures: [outer, inner] }),
      {
        claims: { address: { country: 'BE', region: 'East Flanders' } },
      },
    ),
    caseOf('an element of a list', 'holds', shown({ payload: list, disclosures: [element] }), {
      claims: { nationalities: ['BE', 'NL'] },
    }),
    caseOf('white space in what is signed', 'holds', shown({ jwt: signed(spaced, json(PAYLOAD)) }), {
      claims: over,
    }),
  ];
}

function withoutAlg(): JsonObject {
  const { _sd_alg: _, ...rest } = PAYLOAD;
  return rest;
}

function malformed(): SdJwtCase[] {
  const twice = `${json(PAYLOAD).slice(0, -1)},"iss":"did:web:town.example:parties:ghent"}`;
  const doubled = part(`["${SALT}","address",{"a":1,"a":2}]`);
  const jwt = bare({}).split('~')[0] ?? '';
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const secret = { jwk: { ...jwkOf(holder), d: SALT } };
  const { vct: _, ...kindless } = PAYLOAD;
  const made: readonly (readonly [string, string])[] = [
    ['no tilde', jwt],
    ['two parts', shown({ jwt: `${head}.${body}` })],
    ['four parts', shown({ jwt: `${jwt}.${signature}` })],
    ['an empty fact', shown({ disclosures: [AGE, ''] })],
    ['padding', shown({ jwt: `${head}=.${body}.${signature}` })],
    ['standard base64', shown({ disclosures: [`${AGE.slice(0, -1)}+`] })],
    ['spare bits in a signature', shown({ jwt: `${head}.${body}.${signature.slice(0, -1)}x` })],
    ['one name twice in what is signed', shown({ jwt: signed(json(HEADER), twice) })],
    ['one name twice in a fact', shown({ payload: withDigests(doubled), disclosures: [doubled] })],
    ['a fraction', shown({ jwt: signed(json(HEADER), json(PAYLOAD).replace('{', '{"height":1.83,')) })],
    ['no object', shown({ jwt: signed(json(HEADER), '[]') })],
    ['a header that asks for more', shown({ header: { crit: ['exp'] } })],
    ['another type', shown({ header: { typ: 'JWT' } })],
    ['no kind', shown({ jwt: signed(json(HEADER), json(kindless)) })],
    ['a time that is a text', shown({ payload: { exp: `${SECONDS + 86_400}` } })],
    ['a secret key as its holder', shown({ payload: { cnf: secret } })],
    [
      'a fact without a salt',
      shown({ payload: withDigests(part('[1,"a",true]')), disclosures: [part('[1,"a",true]')] }),
    ],
    [
      'a fact of four parts',
      shown({
        payload: withDigests(part(`["${SALT}","a",1,2]`)),
        disclosures: [part(`["${SALT}","a",1,2]`)],
      }),
    ],
  ];
  return made.map(([name, token]) => caseOf(name, 'proof-malformed', token));
}

function misplaced(): SdJwtCase[] {
  const altered = part(json([SALT, 'age_over_18', false]));
  const fact = (...parts: Json[]): { text: string; payload: JsonObject } => {
    const text = part(json(parts));
    return { text, payload: withDigests(text) };
  };
  const [hidden, digests, dots, same] = [
    fact(SALT, 'exp', SECONDS + 10),
    fact(SALT, '_sd', [digest(AGE)]),
    fact(SALT, '...', 1),
    fact(SALT, 'region', 'Here'),
  ];
  const element = part(json([SALT, 'BE']));
  const made: readonly (readonly [string, string])[] = [
    ['an altered fact', shown({ disclosures: [altered] })],
    ['a fact that nobody signed', shown({ disclosures: [AGE, altered] })],
    ['one fact twice', shown({ disclosures: [AGE, AGE] })],
    ['one digest twice', shown({ payload: withDigests(AGE, AGE) })],
    ['one digest twice, in two places', shown({ payload: { nested: withDigests(REGION) } })],
    ['a hash that nobody knows', shown({ payload: { _sd_alg: 'md5' } })],
    ['a hash named where it does not count', shown({ payload: { nested: { _sd_alg: 'sha-256' } } })],
    [
      'its end as a fact to be shown',
      shown({
        jwt: signed(json(HEADER), json({ ...PAYLOAD, ...hidden.payload })),
        disclosures: [hidden.text],
      }),
    ],
    ['digests in a fact of that name', shown({ payload: digests.payload, disclosures: [digests.text] })],
    ['dots as a name', shown({ payload: dots.payload, disclosures: [dots.text] })],
    ['dots as a member', shown({ payload: { nested: { '...': digest(AGE) } } })],
    [
      'a fact in the place of another',
      shown({ payload: { ...same.payload, region: 'There' }, disclosures: [same.text] }),
    ],
    ['an element where a name is needed', shown({ payload: withDigests(element), disclosures: [element] })],
    ['a name in a list', shown({ payload: { list: [{ '...': digest(AGE) }], _sd: [] } })],
    [
      'something beside a digest',
      shown({ payload: { list: [{ '...': digest(element), more: 1 }] }, disclosures: [element] }),
    ],
    ['digests that are no list', shown({ payload: { _sd: digest(AGE) } })],
  ];
  return made.map(([name, token]) => caseOf(name, 'proof-disclosure-unfit', token));
}

function mistimed(): SdJwtCase[] {
  return [
    caseOf('over', 'proof-expired', shown({ payload: { exp: SECONDS } })),
    caseOf('good from tomorrow', 'proof-early', shown({ payload: { nbf: SECONDS + 86_400 } })),
    caseOf('signed tomorrow', 'proof-early', shown({ payload: { iat: SECONDS + 86_400 } })),
  ];
}

function missigned(): SdJwtCase[] {
  const none = `${part(json({ ...HEADER, alg: 'none' }))}.${part(json(PAYLOAD))}.`;
  const broken = 'proof-signature-broken';
  return [
    caseOf('signed in no way', broken, shown({ jwt: none })),
    caseOf('with a shared secret', broken, shown({ header: { alg: 'HS256' } })),
    caseOf('in a way that its key does not sign', broken, shown({ header: { alg: 'ES256' } })),
    caseOf('by another key', broken, shown({ jwt: signed(json(HEADER), json(PAYLOAD), other) })),
    caseOf('by another key than is known', broken, shown(), { issuerKey: jwkOf(other) }),
    caseOf('without a key that is known', 'proof-key-absent', shown({ header: { jwk: {} } })),
  ];
}

function unbound(): SdJwtCase[] {
  const broken = 'proof-binding-broken';
  const { cnf: _, ...free } = PAYLOAD;
  const otherFacts =
    shown({ disclosures: [AGE, REGION] })
      .split('~')
      .at(-1) ?? '';
  return [
    caseOf('not bound', 'proof-unbound', bare({})),
    caseOf('bound to nobody', 'proof-unbound', shown({ jwt: signed(json(HEADER), json(free)) })),
    caseOf('bound by another', broken, shown({ bindingKey: other })),
    caseOf('bound in no way', broken, shown({ bindingHeader: { alg: 'none' } })),
    caseOf('bound by something of another type', broken, shown({ bindingHeader: { typ: 'JWT' } })),
    caseOf('for another receiver', broken, shown(), { audience: 'urn:parley:identity:another' }),
    caseOf('for several receivers', broken, shown({ binding: { aud: [AUDIENCE] } })),
    caseOf('for another question', broken, shown(), { nonce: 'another-question' }),
    caseOf('with other facts', broken, bare({}) + otherFacts),
    caseOf('before it was asked for', broken, shown({ binding: { iat: SECONDS - 3_600 } })),
    caseOf('after now', broken, shown({ binding: { iat: SECONDS + 3_600 } })),
    caseOf('at no time', broken, shown({ binding: { iat: `${SECONDS}` } })),
  ];
}
