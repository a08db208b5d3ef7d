/** What is given by hand to the other side of a relationship, from a device of mine or by the node. */
export const giving = {
  owedKind: 'You agreed to give',
  owedLine: (label: string, purpose: string) => `${label}, ${purpose}`,
  giveHereOf: (label: string) => `Give ${label} from this device`,
  gaveHere: (label: string, name: string) => `${label} locked for ${name} and given.`,
  owed: (labels: string) => `You agreed to give ${labels}, which only your devices can read.`,
  owedWhy: 'This device locks it for them. What you change later does not follow.',
  codeKnown: (name: string) =>
    `You have compared keys with ${name} on this device, and they have not changed since.`,
  codeCompare: (name: string) =>
    `The first time, make sure that it is ${name} who gets it. Ask them, over the telephone or face to face, to open their page about you: under Keys they can show thirty digits.`,
  codeChanged: (name: string) =>
    `The keys of ${name} have changed since you compared them, as they do when somebody moves to another node. Ask them, over the telephone or face to face, whether that is so, and to open their page about you: under Keys they can show thirty digits.`,
  codeTheirs: 'The thirty digits on their screen',
  codeTheirsHint:
    'All six groups, as they read them to you; spaces do not matter. Do not copy them from your own screen: only theirs can show that nobody stands between you.',
  codeSoFar: (count: number) => `${count} of 30 digits so far.`,
  sameNode: (name: string) =>
    `${name} is on the same node as you. Whoever runs it can read what you give them.`,
  sameNodeHint: 'Tick this to give it all the same.',
  forgetCode: 'Compare anew',
  forgetCodeAsk: 'Let this device forget the code that you compared?',
  forgetCodeWhat:
    'Do so when they have told you themselves that something has changed, as when they have moved. Then the code is compared as if for the first time.',
  forgetCodeNow: 'Forget it',
  forgetCodeKeep: 'Keep it',
  owedServed: (label: string) => `You agreed to give ${label}, and have not given it.`,
  owedServedWhy:
    'It was to come from one of your devices. This node may read it again, so it can give it like anything else.',
  giveServed: (label: string) => `Give ${label}`,
  gaveServed: (label: string, name: string) => `${label} given to ${name}.`,
  more: 'Give something of mine',
  moreTitle: (name: string) => `Give something of mine to ${name}`,
  moreLead: 'Choose what. Before anything goes out, you say what it is for, until when and how often.',
  moreOne: (label: string, name: string) => `Give ${label} to ${name}`,
  moreNotNow: 'Nothing can be given here now: the relationship is not open.',
  moreEmpty: 'You have written nothing down that could be given.',
  moreLocked: (kinds: string) =>
    `Only your devices open ${kinds}. Unlock here to see that in this list too, and to give something of it.`,
  moreLockedOne:
    'It is not in your data, or it is one of the items that only your devices open. Unlock to see it.',
  moreOpen: (kinds: string) =>
    `This list shows ${kinds} too, which only your devices open. What you give of it is locked on this device.`,
  already: (label: string, purposes: string) => `They see your ${label} already: ${purposes}.`,
  forWhat: 'What it is for',
  forWhatHint: 'They read this with it, and may use it for nothing else.',
  lastDay: 'Last day',
  lastDayHint: 'Left empty, until you stop it.',
  waitsServed: (label: string) => `${label} goes out once their Parley says how to lock it.`,
};
