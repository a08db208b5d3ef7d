import { type Asks, inRelationship, of, one, plain } from './asks-kinds.ts';
import * as made from './made.ts';

/** What is asked of proofs and rules. */
export const TRUST_ASKS: Readonly<Record<string, Asks>> = {
  'issue-proof': of(async (s) => {
    await made.publicName(s);
    return {
      relationship: s.relationships.brass,
      kind: made.KIND,
      claims: { member: true },
      until: '2027-12-31',
    };
  }),
  'take-proof': one('proof', made.proofOffered),
  'import-proof': plain({ proof: 'x~', holderKey: '{}' }, { ends: 'proof-key-malformed' }),
  'list-proofs': of(async (s) => {
    await made.proofOffered(s);
    return { relationship: s.relationships.brass };
  }),
  'remove-proof': one('proof', made.proofOffered),
  'ask-for-proof': inRelationship({ query: made.QUERY, purpose: 'to know' }),
  'list-proof-requests': of(async (s) => {
    await made.proofAsked(s);
    return { relationship: s.relationships.brass };
  }),
  'answer-proof-request': one('request', made.proofAsked, { lines: [] }),
  'check-issuer': plain({ address: 'maya@elsewhere.invalid' }, { ends: 'node-unreachable' }),
  'list-rules': plain(),
  'put-rule': of(async (s) => ({ id: await made.rule(s), ...made.RULE, name: 'Otherwise' })),
  'preview-rule': one('rule', made.rule),
  'try-rule': one('rule', made.rule),
  'switch-rule': of(async (s) => ({ ...(await made.seenRule(s)), on: true })),
  'remove-rule': one('rule', made.rule),
  'restore-rule': one('rule', made.removedRule),
  'set-never': plain({ add: [{ kind: 'property', value: 'schema:birthDate' }] }),
  'list-releases': of(async (s) => {
    await made.waiting(s);
    return { relationship: s.relationships.brass };
  }),
  'answer-release': one('release', made.waiting, { answer: 'give' }),
  'show-next': inRelationship(),
};
