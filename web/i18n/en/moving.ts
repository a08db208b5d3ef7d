import { plural } from '../plural.ts';

export const moving = {
  title: 'Move to another node',
  lead: 'Everything of yours goes to another node, and everybody you deal with is told by itself. Ask whoever runs that node for an invitation, and put its code here. Until the other node has all of it, you can take it back.',
  code: 'Code of the invitation',
  passphrase: 'Your passphrase',
  what: 'You are paused here at once: nothing is signed, and what comes in waits. Once the other node has everything and this one has handed over, there is no way back but to move again.',
  now: 'Move now',
  cancel: 'Cancel the move',
  cancelled: 'The move is cancelled. You act from here.',
  take: 'Take into use here',
  taken: (count: number) =>
    count === 1
      ? 'You act from this node now. One other side is told within eight hours, or as soon as you write to it.'
      : `You act from this node now. ${count} other sides are told within eight hours, each at a time of its own. Whoever you write to is told at once.`,
  takenAtOnce: 'You act from this node now. Everybody you deal with is being told.',
  atOnce: 'Tell everybody at once',
  atOnceAbout:
    'For when the old machine may be in other hands. Otherwise each is told at a time of its own within eight hours, so that two of them do not see you move in the same minute.',
  sent: 'Over there',
  of: (sent: string, size: string) => `${sent} of ${size}`,
  since: 'Since',
  until: 'Until',
  problem: 'It waits because of',
  other: 'Other node',
  state: 'Where it stands',
  invitations: 'People who move here',
  invitationsLead:
    'An invitation lets one party move to this node with everything. Give the code only to the person who moves: whoever has it may bring one party.',
  invite: 'Invite a party',
  codeOnce: 'The code is shown once. It is good for seven days.',
  noInvitations: 'Nobody has been invited yet.',
  withdraw: 'Withdraw',
  withdrawn: 'The invitation is withdrawn.',
  keys: 'Keys',
  keysLead:
    'Both of you see the same thirty digits here. Read them to each other over the telephone or face to face; if they differ, and neither of you has moved in the last eight hours, somebody may stand in between.',
  keysShow: 'Show the thirty digits',
  keysFor: 'To read to them. Where a device of yours asks for digits, it wants those that they read to you.',
  comparison: 'Comparison code',
  changed: (when: string, host: string) => `Their keys changed on ${when}. They are now at ${host}.`,
  mineChanged: (when: string) =>
    `Your keys changed on ${when}; they are told within eight hours, or when you write.`,
  confirmed: 'You have compared it since their last change.',
  unconfirmed: 'You have not compared it since their last change.',
  conflicts: (count: number) =>
    count === 1
      ? 'Somebody with a key of theirs has said something else about their keys. It was kept and not believed. Compare the code.'
      : `Somebody with a key of theirs has said something else about their keys, ${count} times. It was kept and not believed. Compare the code.`,
  theirForks: (count: number) =>
    `They have signed ${plural(count, 'second record', 'second records')} where another stood. The first ones count here; the others are kept as proof.`,
  myForks: (count: number) =>
    `Your key has signed ${plural(count, 'second record', 'second records')} where another stood, as a copy of an old node does. What they received first counts; the others are kept as proof. If you brought nothing back from a backup, somebody else may have your key.`,
  confirm: 'It is the same',
  confirmedNow: 'Noted.',
};
