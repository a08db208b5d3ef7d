import { type Failure, fail } from '../src/kernel/result.ts';
import type { Category } from '../src/vault/model.ts';
import { allOfKind } from './kinds.ts';

/** What a device tells of a vault. Where the node shows something else than the truth, nothing of it is shown. */

const ASK =
  'Change nothing here, and ask whoever runs the node. A backup of the node may have the rest; your devices keep none of it.';

/** Something does not open, is missing, or is not what the statement says. */
export function vaultBroken(what: string): Failure {
  return fail(
    'vault-broken',
    `What the node keeps for you is not as your devices left it: ${what}. Nothing of it is shown.`,
    ASK,
  );
}

export function vaultGone(): Failure {
  return fail(
    'vault-gone',
    'This device knows of sealed data of yours, and the node says that there is none.',
    ASK,
  );
}

export function vaultRolledBack(): Failure {
  return fail(
    'vault-rolled-back',
    'The node shows your sealed data as it was some time ago. This device has seen it newer.',
    ASK,
  );
}

export function vaultForked(): Failure {
  return fail(
    'vault-forked',
    'The node shows this device other sealed data than it showed before, as if nothing had happened.',
    ASK,
  );
}

export function categoryDowngraded(category: Category): Failure {
  return fail(
    'category-downgraded',
    `The node takes ${allOfKind(category)} as if it were not sealed. Your devices have said that it is.`,
    ASK,
  );
}

export function passphraseAsked(): Failure {
  return fail(
    'passphrase-asked',
    'The node asks for your passphrase itself. It stays on this device, so nothing was sent.',
    ASK,
  );
}

/** The node may be from before anything was sealed, and the paper too, or neither. */
export function codeUnsure(field: string): Failure {
  return fail(
    'code-asked',
    'The node asks for the recovery code itself. This device has known sealed data of that party, and cannot tell whether the code opens it. So nothing was sent.',
    'Only if your paper is from before you sealed anything, use it where nothing of that is remembered: in a private window, or on the command line with another file as --memory.',
    { [field]: 'It may open what only your devices open.' },
  );
}

export function codeAsked(field: string): Failure {
  return fail(
    'code-asked',
    'The node asks for your recovery code itself. It opens what only your devices open, so nothing was sent.',
    ASK,
    { [field]: 'It opens what only your devices open.' },
  );
}

export function passphraseKnown(): Failure {
  return fail(
    'passphrase-known',
    'The new passphrase is the one until now, or one that a node has seen as it is.',
    'Choose another one.',
    {
      newPassphrase: 'A node knows it already.',
    },
  );
}

export function noVault(): Failure {
  return fail('vault-none', 'Nothing of yours is sealed yet.', 'Begin sealing first.');
}

/** A passphrase or code that opens nothing here, or octets of that way that were changed: the two look alike. */
export function wayShut(by: string): Failure {
  return fail(
    'way-shut',
    `That ${by} does not open your sealed data.`,
    'Check it and try again. A passphrase that was set anew at the node opens this only once you have let it; where it was let, the node has not kept that way as it was.',
  );
}

export function wayUnknown(by: string): Failure {
  return fail(
    'way-unknown',
    `Your sealed data has no such ${by} among its ways.`,
    'Use another way: your passphrase, a passkey that opens it, or the recovery code.',
  );
}

export function wayStays(): Failure {
  return fail(
    'way-stays',
    'The passphrase and the recovery code are never taken away.',
    'Change the passphrase instead.',
  );
}

/** The new code opens what is sealed, and perhaps not yet the party. */
export function codeHalf({ message, next }: Failure): Failure {
  return fail(
    'recovery-code-half',
    `The new recovery code is only half in force. Keep the paper with the old one and that with the new one. ${message}`,
    `Make a new code again, and throw both papers away when that is done. ${next}`,
  );
}

/** Another device turns it the other way at this moment. */
export function categoryTurned(category: Category): Failure {
  return fail(
    'category-turned',
    `Another device of yours has just decided otherwise about ${allOfKind(category)}.`,
    'Look who can read it now, and decide anew.',
  );
}

export function categoryServed(category: Category): Failure {
  return fail(
    'category-served',
    `Of ${allOfKind(category)} nothing is sealed. Nothing was changed here.`,
    'Write it like everything else that is not sealed, or begin to seal this kind first.',
  );
}

export function categoryServing(category: Category): Failure {
  return fail(
    'category-serving',
    `Your devices are just opening ${allOfKind(category)} to the node.`,
    'Let that end first, or begin to seal it again when it has ended.',
  );
}

export function categoryOther(): Failure {
  return fail('category-other', 'What is sealed stays in its category.', 'Make a new item instead.', {
    property: 'It belongs to another category.',
  });
}

export function busy(): Failure {
  return fail(
    'vault-busy',
    'Other devices of yours kept changing the same data. Nothing was changed here.',
    'Try again in a moment.',
  );
}

export function stopped(): Failure {
  return fail('stopped', 'It was stopped. What was done until then is kept.', 'Do it again to go on.');
}

export function vaultClosed(): Failure {
  return fail('vault-closed', 'Your sealed data was closed here.', 'Open it again.');
}

/** Whose key it is does not follow from what they have signed. */
export function theirKeyUnproven(what: string): Failure {
  return fail(
    'their-key-unproven',
    `The node shows a key to lock it with, and that it is theirs does not hold: ${what}. Nothing was locked.`,
    ASK,
  );
}

/** Another relationship, or somebody else in it, than was compared. */
export function relationshipOther(): Failure {
  return fail(
    'relationship-other',
    'The node shows somebody else in this relationship than the one whose code you compared. Nothing was locked.',
    'Ask the other side, over the telephone or face to face, what their screen says. If it differs, give nothing here.',
  );
}

export function theirKeyOlder(): Failure {
  return fail(
    'their-key-older',
    'The node shows an older key of theirs than this device has seen. Nothing was locked.',
    'Ask whoever runs the node whether a backup was put back. If not, give nothing here. If so, compare the code anew.',
  );
}

/** Their log goes on otherwise than the one that was compared. */
export function theirKeyContradicted(name: string): Failure {
  return fail(
    'their-key-contradicted',
    `The node shows keys of ${name} that contradict those whose code you compared: somebody with a key of theirs from before may be speaking for them. Nothing was locked.`,
    'Ask them, over the telephone or face to face, and compare the code anew.',
  );
}

/** They have moved, and their new node says its key at a time of its own. */
export function theirKeyReplaced(name: string): Failure {
  return fail(
    'their-key-replaced',
    `The keys of ${name} have changed, and their Parley has not said with the new ones how to lock something for them. Nothing was locked.`,
    'Try again in some hours. If it stays so, ask them.',
  );
}

/** What was compared stands in their log, which goes on from there. */
export function keysChanged(name: string, host: string): Failure {
  return fail(
    'keys-changed',
    `The keys of ${name} have changed since you compared them; they are now at ${host}. Nothing was locked.`,
    'Ask them, over the telephone or face to face, whether they have moved, and for the thirty digits that their own screen shows under Keys. Then give it again with these as the code.',
  );
}

/** None of the code is told, so that all of it has to come from the other screen. */
export function keysUncompared(name: string): Failure {
  return fail(
    'keys-uncompared',
    `This device has given nothing to ${name} yet, and does not know whether the key that the node shows is theirs.`,
    'Ask them, over the telephone or face to face, for the thirty digits that their own screen shows under Keys. Then give it again with these as the code.',
  );
}

/** A slip of the finger, or somebody stands in between: only the two of them can find out. */
export function digitsDiffer(name: string): Failure {
  return fail(
    'digits-differ',
    `What you typed is not what this device works out for you and ${name}. Nothing was locked.`,
    'Look at the digits again, together with them. Where one of you has moved, they differ until the other’s node has heard of it, some hours later; where one of you runs an older Parley, until that is renewed. If it stays different, somebody may stand between you: give nothing here.',
  );
}

/** The other side lives where its owner does: whoever runs that node has the key that it would be locked to. */
export function sameNode(name: string): Failure {
  return fail(
    'same-node',
    `${name} lives on the same node as you, which has the key that this would be locked to: whoever runs it can read it. Nothing was given.`,
    'Give it all the same if you trust whoever runs the node, with on-same-node.',
  );
}

/** It was changed since its owner looked at it. */
export function giftChanged(): Failure {
  return fail(
    'gift-changed',
    'This item was changed since you looked at it. Nothing was given.',
    'Look at what it says now, then give it again.',
  );
}

/** Something else than what its owner has agreed to go on from. */
export function shownOther(): Failure {
  return fail(
    'shown-other',
    'The node shows your sealed data otherwise than when you were asked. Nothing was changed here.',
    'Look again at what would be missing: another device of yours may have written meanwhile, or the node may show something older.',
  );
}

/** Its owner has agreed to nothing, and nothing tells from when this is. */
export function shownAfterNone(): Failure {
  return fail(
    'shown-after-none',
    'You agreed on this device that nothing of yours is sealed, and now the node shows sealed data. Nothing of it was opened.',
    'If you have begun anew on another device since, go on from what is shown (accept-sealed on the command line). If not, the node has hidden it from you, and it may be old: ask whoever runs the node.',
  );
}

/** What would come of the passphrase here is what opens the party of another node. */
export function passphraseElsewhere(): Failure {
  return fail(
    'passphrase-elsewhere',
    'The node asks for your passphrase as another node that this device knows does: what came of it would let this one in there. Nothing was sent.',
    'If it is the same node at another place, or you have moved here, open what is sealed once (list-sealed): then this device knows. If not, ask whoever runs this node.',
  );
}

/** The node did something else than it was asked to. */
export function nodeOdd(operation: string): Failure {
  return fail('node-odd', `The node gave an answer to ${operation} that makes no sense.`, ASK);
}

/** Not even its form is that of one. */
export function codeUnreadable(field: string): Failure {
  const message = 'This is not a recovery code.';
  const next = 'Look at your paper again: seven groups, of letters and digits.';
  return fail('code-unreadable', message, next, { [field]: message });
}
