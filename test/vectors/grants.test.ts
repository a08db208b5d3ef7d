import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGrantKey, openGrantValue } from '../../src/grants/keys-rules.ts';
import type { GrantTerms } from '../../src/grants/terms.ts';
import { hpkeKey } from '../../src/kernel/hpke.ts';
import { fixture } from './folder.ts';
import { sealedGrantCases } from './sealed-grants.ts';

interface Case extends Record<'name' | 'secret' | 'to' | 'enc' | 'key' | 'value', string> {
  readonly terms: GrantTerms;
  readonly opens: string | null;
}

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

test('what is sealed in the fixtures opens for its receiver under its terms, and not otherwise', () => {
  const cases = fixture<readonly Case[]>('sealed-grants.json');
  for (const { name, terms, secret, enc, key, value, opens } of cases) {
    const own = hpkeKey(octets(secret));
    const grantKey = openGrantKey(terms, own, { enc: octets(enc), key: octets(key) });
    const said = grantKey && openGrantValue(terms, grantKey, octets(value));
    assert.equal(said ?? null, opens, name);
  }
});

test('the fixtures are those that are computed here', () => {
  assert.deepEqual(fixture('sealed-grants.json'), JSON.parse(JSON.stringify(sealedGrantCases())));
});
