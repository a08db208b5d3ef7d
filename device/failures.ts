import { type Failure, fail } from '../src/kernel/result.ts';

/** What a device tells of a vault. Where the node shows something else than the truth, nothing of it is shown. */

const ASK =
  'Change nothing here, and ask whoever runs the node. A backup, or another of your devices, may have the rest.';

/** Something does not open, is missing, or is not what the statement says. */
export function vaultBroken(what: string): Failure {
  const message = `What the node keeps for you is not as your devices left it: ${what}. Nothing of it is shown.`;
  return fail('vault-broken', message, ASK);
}

export function vaultGone(): Failure {
  const message = 'This device knows of sealed data of yours, and the node says that there is none.';
  return fail('vault-gone', message, ASK);
}

export function vaultRolledBack(): Failure {
  const message = 'The node shows your sealed data as it was some time ago. This device has seen it newer.';
  return fail('vault-rolled-back', message, ASK);
}

export function vaultForked(): Failure {
  const message =
    'The node shows this device other sealed data than it showed before, as if nothing had happened.';
  return fail('vault-forked', message, ASK);
}

export function categoryDowngraded(category: string): Failure {
  const message = `The node takes ${category} as if it were not sealed. Your devices have said that it is.`;
  return fail('category-downgraded', message, ASK);
}

export function passphraseAsked(): Failure {
  const message = 'The node asks for your passphrase itself. It stays on this device, so nothing was sent.';
  return fail('passphrase-asked', message, ASK);
}

export function passphraseKnown(): Failure {
  const message = 'The new passphrase is the one until now, which is known elsewhere.';
  return fail('passphrase-known', message, 'Choose another one.', { newPassphrase: message });
}

export function noVault(): Failure {
  return fail('vault-none', 'Nothing of yours is sealed yet.', 'Begin sealing first.');
}

/** A passphrase or code that opens nothing here, or octets of that way that were changed: the two look alike. */
export function wayShut(by: string): Failure {
  const message = `That ${by} does not open your sealed data.`;
  return fail(
    'way-shut',
    message,
    'Check it and try again. When it is right, the node has not kept that way as it was.',
  );
}

export function wayUnknown(by: string): Failure {
  const message = `Your sealed data has no such ${by} among its ways.`;
  return fail(
    'way-unknown',
    message,
    'Use another way: your passphrase, a passkey that opens it, or the recovery code.',
  );
}

export function wayStays(): Failure {
  const message = 'The passphrase and the recovery code are never taken away.';
  return fail('way-stays', message, 'Change the passphrase instead.');
}

export function categoryServed(category: string): Failure {
  return fail('category-served', `${category} is not sealed.`, 'Write it as everything that is not sealed.');
}

export function categoryServing(category: string): Failure {
  const message = `${category} is just being opened to the node.`;
  return fail(
    'category-serving',
    message,
    'Let that end first, or begin to seal it again when it has ended.',
  );
}

export function categoryOther(): Failure {
  const message = 'What is sealed stays in its category.';
  return fail('category-other', message, 'Make a new item, and remove this one.', { property: message });
}

export function busy(): Failure {
  const message = 'Other devices of yours kept changing the same data. Nothing was changed here.';
  return fail('vault-busy', message, 'Try again in a moment.');
}

export function stopped(): Failure {
  return fail('stopped', 'It was stopped. What was done until then is kept.', 'Do it again to go on.');
}

export function vaultClosed(): Failure {
  return fail('vault-closed', 'Your sealed data was closed here.', 'Open it again.');
}

/** The node did something else than it was asked to. */
export function nodeOdd(operation: string): Failure {
  return fail('node-odd', `The node gave an answer to ${operation} that makes no sense.`, ASK);
}
