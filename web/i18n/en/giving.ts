/** What is given from a device of mine, on the page of a relationship. */
export const giving = {
  owedKind: 'You agreed to give',
  owedLine: (label: string, purpose: string) => `${label}, ${purpose}`,
  giveHereOf: (label: string) => `Give ${label} from this device`,
  gaveHere: (label: string, name: string) => `${label} locked for ${name} and given.`,
  owed: (labels: string) => `You agreed to give ${labels}, which only your devices can read.`,
  owedWhy: 'This device locks it for them. What you change later does not follow.',
  codeKnown: (name: string) => `This device has given to ${name} before, and knows them by the code`,
  codeCompare: (name: string) =>
    `The first time, ask ${name}, over the telephone or face to face, what their screen says under Keys. It has to begin like this:`,
  codeLast: 'The last five digits on their screen',
  codeLastHint:
    'Type what they tell you, not what this page says. If the digits before are not these, somebody stands between you: give nothing.',
  sameNode: (name: string) =>
    `${name} is on the same node as you. Whoever runs it can read what you give them.`,
  sameNodeHint: 'Tick this to give it all the same.',
  forgetCode: 'Compare anew',
  forgetCodeAsk: 'Let this device forget the code that you compared?',
  forgetCodeWhat:
    'Do so only when they have told you themselves that something has changed. Then the code is compared as if for the first time.',
  forgetCodeNow: 'Forget it',
  forgetCodeKeep: 'Keep it',
  owedServed: (label: string) => `You agreed to give ${label}, and have not given it.`,
  owedServedWhy:
    'It was to come from one of your devices. This node may read it again, so it can give it like anything else.',
  giveServed: (label: string) => `Give ${label}`,
  gaveServed: (label: string, name: string) => `${label} given to ${name}.`,
};
