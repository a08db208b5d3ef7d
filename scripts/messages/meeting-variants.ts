import type { JsonObject } from '../../src/kernel/json.ts';
import { isObject } from '../../src/records/index.ts';
import { changed, type Given, inside, other, partAt, turned, withBody } from './changed.ts';
import type { LooseEnvelope, Variant } from './variants.ts';

/** What can be wrong with the messages between two who meet by an invitation. */
export const MEETING: Readonly<Record<string, (given: Given) => Variant[]>> = {
  'acquaintance-refused': (given) => [
    changed(given, 'of another acquaintance', ['refusal'], { acquaintance: other }),
    { name: 'of a relationship that is not there', envelope: withBody(given, ['rel'], other) },
  ],
  'acquaintance-signed': (given) => [
    changed(given, 'with other words', ['acquaintance'], { note: 'Another note.' }),
    changed(given, 'on other terms', ['acquaintance'], { terms: 'SD-BASE' }),
    { name: 'one signature only', envelope: oneSignature(given) },
    { name: 'the signatures the other way round', envelope: turned(given, ['acquaintance']) },
    { name: 'of a relationship that is not there', envelope: withBody(given, ['rel'], other) },
  ],
  'invitation-accepted': (given) => [
    changed(given, 'of an invitation that is not there', ['acquaintance'], { invitation: other }),
    changed(given, 'of another inviter', ['acquaintance'], {
      inviter: { ...sideOf(given, 'inviter'), identity: other },
    }),
    changed(given, 'with another name of the inviter', ['acquaintance'], {
      inviter: { ...sideOf(given, 'inviter'), name: 'Somebody' },
    }),
    changed(given, 'with another key of the inviter', ['acquaintance'], {
      inviter: { ...sideOf(given, 'inviter'), key: other },
    }),
    changed(given, 'by another guest', ['acquaintance'], {
      invited: { ...sideOf(given, 'invited'), identity: other },
    }),
    changed(given, 'a guest without a name', ['acquaintance'], {
      invited: { ...sideOf(given, 'invited'), name: null },
    }),
    changed(given, 'with other words', ['acquaintance'], { note: 'Another note.' }),
    changed(given, 'on other terms', ['acquaintance'], { terms: 'SD-BASE' }),
    { name: 'with another secret', envelope: withBody(given, ['secret'], 'A'.repeat(22)) },
    { name: 'with a secret that is too short', envelope: withBody(given, ['secret'], 'AAAA') },
  ],
};

function sideOf(given: Given, side: 'inviter' | 'invited'): JsonObject {
  const value = inside(given, ['acquaintance'])[side];
  if (!isObject(value)) throw new Error('an acquaintance has two sides');
  return value;
}

function oneSignature(given: Given): LooseEnvelope {
  const { signatures } = partAt(given, ['acquaintance']).wire;
  const first = Array.isArray(signatures) ? signatures.slice(0, 1) : [];
  return withBody(given, ['acquaintance', 'signatures'], first);
}
