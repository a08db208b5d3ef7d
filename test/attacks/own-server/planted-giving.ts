import type { Weakness } from './model.ts';

/** Checks of the client that are taken out: those by which it knows to whom it locks something. */
export const GIVING_WEAKNESSES: readonly Weakness[] = [
  {
    name: 'their-signature-unchecked',
    file: 'signed.ts',
    text: "if (!(await isSignedBy(record, expected.key))) throw new Unproven('they have not signed it');",
    instead: '',
    finds: ['a key of its own, with the hash made to fit'],
  },
  {
    name: 'their-words-unchecked',
    file: 'signed.ts',
    text: "if (said.bodyHash !== (await digestOf(body))) throw new Unproven('its words were changed');",
    instead: '',
    finds: ['a key of its own to lock it with', 'another label, behind its back'],
  },
  {
    name: 'numbers-unchecked',
    file: 'signed.ts',
    text: '!Number.isSafeInteger(value)',
    instead: 'Number.isNaN(value)',
    finds: ['a number that is none'],
  },
  {
    name: 'who-they-are-unchecked',
    file: 'compared.ts',
    text: "if (known.digest !== now.digest) return 'somebody else';",
    instead: '',
    finds: ['another relationship'],
  },
  {
    // Two roots are the same on both screens also for whoever has only named them.
    name: 'code-of-roots-alone',
    file: 'key-log.ts',
    text: 'return { id, entries, head: last.id,',
    instead: 'return { id, entries, head: toBase64url(root),',
    finds: ['the friend’s root in a log of its own', 'a change by the root in force'],
  },
  {
    // Whoever has a key of the friend's goes on from the same beginning.
    name: 'code-of-beginnings',
    file: 'their-key.ts',
    text: 'code: await comparisonCode(mine, theirs),',
    instead: 'code: await comparisonCode({ head: mine.id }, { head: theirs.id }),',
    finds: ['a change by the root in force'],
  },
  {
    name: 'heads-unremembered',
    file: 'compared.ts',
    text: "if (theirs.entries[known.counter]?.id !== known.head) return 'contradicting';",
    instead: "if (theirs.entries[known.counter]?.id !== known.head) return 'the same';",
    finds: [
      'a move undone',
      'a move undone, and more changes than were seen',
      'a move undone by the recovery key',
    ],
  },
  {
    name: 'changes-uncompared',
    file: 'compared.ts',
    text: "return now.head === known.head ? 'the same' : 'changed';",
    instead: "return 'the same';",
    finds: ['a recovery', 'a change after a recovery', 'a change by the root in force'],
  },
  {
    name: 'former-keys-count',
    file: 'their-key.ts',
    text: `if (await isReplaced(shown.record, theirs)) return theirKeyReplaced(name);
    const said = { author: theirs.id, rel: asked.relationship, key: theirs.nodeKey };`,
    instead: `const former = (await isReplaced(shown.record, theirs)) ? theirs.entries.at(-2) : undefined;
    const said = { author: theirs.id, rel: asked.relationship, key: (former ?? theirs).nodeKey };`,
    finds: ['a key of their node from before'],
  },
  {
    name: 'own-side-of-before',
    file: 'their-key.ts',
    text: 'const isHere = said.rel === asked.relationship && said.nonce === asked.nonce;',
    instead: 'const isHere = said.rel === asked.relationship;',
    finds: ['both sides the other way round, with the friend’s word'],
  },
  {
    name: 'own-side-unchecked',
    file: 'their-key.ts',
    text: 'await isOwnSide(shown.own, asked, mine, theirs);',
    instead: '',
    finds: ['both sides the other way round'],
  },
  {
    name: 'older-keys-unchecked',
    file: 'compared.ts',
    text: "if (now.counter < known.counter || now.root < known.root) return 'older';",
    instead: "if (now.counter < known.counter || now.root < known.root) return 'the same';",
    finds: ['an earlier record with their key', 'a change of their keys withheld'],
  },
  {
    name: 'same-node-untold',
    file: 'their-key.ts',
    text: 'isSameNode && !onSameNode ? sameNode(name) : undefined',
    instead: 'isSameNode && onSameNode === undefined ? sameNode(name) : undefined',
    finds: ['somebody who lives here'],
  },
  {
    name: 'names-unremembered',
    file: 'their-key.ts',
    text: 'known?.name ?? shown.value.name',
    instead: 'shown.value.name',
    finds: ['two names exchanged'],
  },
];
