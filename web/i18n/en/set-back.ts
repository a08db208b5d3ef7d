import { plural } from '../plural.ts';

/** When a node shows less than a device has seen. */
export const setBack = {
  oldPassphrase:
    'A passphrase from before also opens what only your devices open: changing it was interrupted. Make new keys, so that nothing you write from now on opens with it.',

  title: 'Was a backup put back?',
  changes: (missing: number | undefined) =>
    missing === undefined
      ? 'The node shows something else than this device has seen.'
      : `The node shows your locked data as it was ${plural(missing, 'change', 'changes')} ago.`,
  which:
    'That is right if whoever runs this node has put back a backup. If nobody has, somebody is showing you old data: go on with nothing, and ask them.',
  againTitle: 'Have you begun anew on another device?',
  again:
    'If not, it was hidden from you, and what is shown now may be old: go on with nothing, and ask whoever runs the node.',
  againAsk: 'Have you locked something anew on another device since then?',
  act: 'Go on from what the node shows',
  ask: 'Was a backup put back, and do you know that from whoever runs the node?',
  what: 'What you changed since that backup is gone. A passkey that you removed since opens it again until you remove it once more, and the passphrase and recovery code are those of then. Each of your devices asks you this once.',
  now: 'Go on from there',
  done: 'This is as the node shows it. Look through what you keep, and through the ways to open it.',

  anewTitle: 'Is the node older than what this browser knows?',
  anew: 'This browser knows that you have locked something, so that your passphrase stays on your devices. The node says otherwise. That is right only if a backup was put back from before you locked anything, or if this name was given to a new party.',
  anewAct: 'Forget what this browser knows',
  anewAsk: 'Do you know that from whoever runs the node?',
  anewWhat:
    'Then the passphrase that you type is sent to the node. The one that has opened your locked data in this browser is never sent: use the one from before. A recovery code is not sent from this browser either: if your paper is from before you locked anything, use it in a private window.',
  anewNow: 'Forget it',
  anewDone: 'Forgotten. From now on the passphrase from before is the one to use.',
};
