/** The passphrase until now, one from now on, the recovery code; and a passphrase that the node does see. */
export type Secret = 'known' | 'fresh' | 'code' | 'plain';

/**
 * Where an operation takes something that opens a party and may have to stay on this device, for pages and command line alike.
 * What is not named here goes out as it is: test/laws/secrets.test.ts says which, and why. Pages read this before they load
 * anything else of a device.
 */
export const SECRETS: Readonly<Record<string, Readonly<Record<string, Secret>>>> = {
  'create-party': { passphrase: 'plain' },
  'sign-in': { passphrase: 'known' },
  'change-passphrase': { old: 'known', new: 'fresh' },
  'reset-passphrase': { newPassphrase: 'fresh' },
  'recover-party': { code: 'code', newPassphrase: 'fresh' },
  'recover-with-shares': { newPassphrase: 'fresh' },
  'show-recovery-code': { passphrase: 'known' },
  'add-passkey': { passphrase: 'known' },
  'make-recovery-shares': { passphrase: 'known' },
  'remove-party': { passphrase: 'known' },
  'move-party': { passphrase: 'known' },
  'take-into-use': { passphrase: 'known' },
};

const CLEAR: readonly string[] = ['put-item', 'put-file', 'put-file-part', 'rename-file'];

/**
 * Whether something would go to the node in the clear that may be of those that only devices open: what is written, octets of
 * files and their names, words that are looked for in names. `put-file` is of the command line.
 */
export function tellsOpenly(operation: string, input: Readonly<Record<string, unknown>>): boolean {
  if (operation === 'begin-file') return input.mode !== 'sealed';
  if (operation === 'list-files') return (input.search ?? '') !== '';
  return CLEAR.includes(operation);
}
