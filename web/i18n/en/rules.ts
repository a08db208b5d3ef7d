import { plural } from '../plural.ts';

const days = (count: number): string => plural(count, 'day', 'days');
const notGiven = (count: number): string => `${plural(count, 'item', 'items')} not`;

export const rules = {
  title: 'Rules',
  lead: 'What others get as trust grows, in your words. A rule gives only what they have asked for, and only after you have seen what it would give.',
  open: 'Rules',
  add: 'Write a rule',
  emptyTitle: 'No rules yet',
  empty:
    'A rule saves you from answering the same question again and again: a little at first, more when they have earned it, never what you never give. Take one of these over, or write your own. Nothing is given until you switch it on.',
  takeOver: 'Take this over',
  taken: (name: string) => `“${name}” is yours now. It is off until you switch it on.`,
  example: 'Example',
  examples: {
    fit: { name: 'So that it fits', purpose: 'to make or choose what fits me' },
    trust: { name: 'More when it is earned', purpose: 'to deal with me and deliver to me' },
  },

  on: 'on',
  off: 'off',
  whyOff: {
    changed: 'Off, because you changed it. Look at what it would give now.',
    'never-changed':
      'Off, because you took something off the list of what you never give. Look at what it would give now.',
    restored:
      'Off, because this node came back from a backup: you may have changed it since. Look at what it would give now.',
  },
  look: 'Look, then switch on',
  lookOf: (name: string) => `Look, then switch on: ${name}`,
  switchOff: 'Switch off',
  switchOffOf: (name: string) => `Switch off: ${name}`,
  switchedOff: (name: string) =>
    `“${name}” gives nothing any more. What it gave stays given until you stop it.`,
  edit: 'Change',
  editOf: (name: string) => `Change: ${name}`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove: ${name}`,
  removed: (name: string) => `“${name}” removed`,

  whom: {
    everybody: 'everybody I agree with',
    'market-vendors': 'vendors I found through a market',
    relationships: 'these relationships',
    nobody: 'nobody yet',
  },
  forWhom: (whom: string, purpose: string) => `For ${whom}, ${purpose}.`,
  someWhom: (count: number) => plural(count, 'relationship', 'relationships'),

  when: {
    agreed: 'we have agreed',
    'kept-promises': 'they have kept their promises',
    'days-known': 'we have known each other for some days',
    'i-say-so': 'I say so, each time',
  },
  whenSaid: {
    agreed: () => 'When we have agreed',
    'kept-promises': (count: number, isShop: boolean) =>
      `When ${isShop ? 'the shop has' : 'they have'} kept ${plural(count, 'promise', 'promises')}`,
    'days-known': (count: number) => `When we have known each other for ${days(count)}`,
    'i-say-so': () => 'When I say so',
  },
  stepSaid: (when: string, what: string, until: string) => `${when}, give ${what} ${until}`,
  untilEnd: 'until we end it',
  untilDays: (count: number) => `for ${days(count)}`,
  andTimes: (count: number) =>
    count === 1 ? 'to be opened once only' : `to be opened ${count} times at most`,
  timesEach:
    'Their Parley keeps count and erases it after the last time; what you change begins a new count. Nothing can force them, and what they have read they can copy.',
  andUnasked: 'also unasked',
  andEachVersion: 'and keep it up to date',

  newTitle: 'Write a rule',
  editTitle: 'Change rule',
  name: 'Name of the rule',
  nameHint: 'For you alone; nobody else sees it.',
  whomLabel: 'It is for',
  whichLabel: 'Add a relationship',
  chosen: 'Chosen',
  purpose: 'What it is for',
  purposeHint: 'They read this with everything the rule gives them, and may use it for nothing else.',
  step: (number: number) => `Step ${number}`,
  whenLabel: 'When',
  howMany: 'promises',
  countOf: 'counted',
  countOfChoices: {
    relationship: 'in this relationship alone',
    shop: 'in all I had with the same shop',
  },
  countOfHint: 'When the rule then gives, the shop can tell that those earlier dealings were with you too.',
  howManyDays: 'days',
  giveLabel: 'give',
  giveChoose: 'Add something to give',
  wholeOf: {
    contact: 'all my contact details',
    address: 'all my addresses',
    size: 'all my sizes',
    preference: 'all my preferences',
    note: 'all my notes',
    other: 'everything with a name of my own',
  },
  nothingYet: '…',
  itemGroup: 'One item',
  propertyGroup: 'By its name',
  categoryGroup: 'A whole kind',
  add_: 'Add',
  leaveOut: 'Leave out',
  takeAway: (label: string) => `Leave out: ${label}`,
  untilLabel: 'until',
  untilChoices: { end: 'the relationship ends', days: 'some days have passed' },
  untilHowMany: 'for days',
  oftenLabel: 'and',
  oftenChoices: { once: 'give it once', 'each-version': 'give it anew whenever I change it' },
  unasked: 'Also when they have not asked for it',
  unaskedAbout: 'Otherwise a step gives only what they asked for in the offer you accepted.',
  addStep: 'Add a step',
  dropStep: (number: number) => `Leave out step ${number}`,
  save: 'Save and look',
  saved: (name: string) => `“${name}” saved. It is off until you switch it on.`,

  previewTitle: 'What it would give now',
  previewLead: (receivers: number, fields: number) =>
    `${plural(receivers, 'party', 'parties')} would get ${plural(fields, 'item', 'items')} as soon as you switch it on.`,
  previewNobody: 'Nobody would get anything now.',
  previewNoMore: 'It has nothing more to give now.',
  previewReach: (count: number) =>
    count === 0
      ? 'It applies to none of your relationships now; it will act as soon as one fits.'
      : `It applies to ${plural(count, 'relationship', 'relationships')} now.`,
  previewAsking: (count: number) => `It asks you first about ${count.toLocaleString('en-GB')} of them.`,
  previewUnseen: (shown: number, receivers: number) =>
    `You see ${plural(shown, 'party', 'parties')} of ${receivers.toLocaleString('en-GB')}. Switching on holds for all of them.`,
  reasons: {
    never: (count: number) => `${notGiven(count)}: on the list of what you never give`,
    'not-asked': (count: number) => `${notGiven(count)}: nobody asked for it`,
    given: (count: number) => `${notGiven(count)}: they have it already`,
    'taken-back': (count: number) => `${notGiven(count)}: you took it back`,
    answered: (count: number) => `${notGiven(count)}: you have said yes or no to it`,
    uncounted: (count: number) => `${notGiven(count)} yet: their Parley cannot count how often it is opened`,
  },
  notGivenTitle: 'And what it would not give, and why',
  switchOn: 'Switch on',
  switchOnHint:
    'From then on it gives by itself, also to those you agree with later. Everything it does is listed under Rules.',
  switchedOn: (name: string) => `“${name}” is on.`,
  isOn: 'This rule is on.',
  unknownTitle: 'There is no such rule',
  unknown: 'You may have removed it, or it belongs to another party.',
  to: 'To',
  gets: 'Gets',
  why: 'Why',
  until: 'Until',
  noEnd: 'no end',
  askedFor: (purpose: string) => `They asked for it: ${purpose}`,
  whySaid: {
    agreed: 'you agreed',
    'kept-promises': (count: number) => `${plural(count, 'promise', 'promises')} kept`,
    'days-known': (count: number) => `${days(count)} known`,
    'i-say-so': 'it asks you',
  },
  whyStep: (number: number, fact: string) => `Step ${number}: ${fact}`,

  tryTitle: 'What it would have given',
  tryLead:
    'Tried on the relationships you have and had, with your data as it is today. This gives nothing to anybody.',
  tryAct: 'Try it on the past',
  tryLooked: (looked: number, total: number) =>
    `${looked.toLocaleString('en-GB')} of ${plural(total, 'relationship', 'relationships')} looked at.`,
  tryMore: 'Look at more',
  tryNothing: 'It would have given nothing, and nothing was given.',
  wouldAt: 'Would have been given',
  reallyAt: 'Really given',
  neverGiven: 'never',
  otherGiven: 'not by this rule',

  neverTitle: 'What I never give',
  neverLead:
    'No rule gives these, and no offer that asks for them gets them. Whoever has one already keeps it until you stop sharing it, and gets nothing newer. Taking one off this list switches your rules off until you have looked at them again.',
  neverNone: 'Nothing is on this list yet.',
  neverAdd: 'Never give',
  neverChoose: 'Add something that is never given',
  neverAdded: (label: string) => `${label}: never given from now on`,
  neverDropAct: 'Take off the list',
  neverDrop: (label: string) => `Take off the list: ${label}`,
  neverDropped: (label: string) => `${label} is off the list`,
  neverSwitched: (count: number) =>
    `${plural(count, 'rule is', 'rules are')} off until you look at them again.`,

  waitingTitle: 'Waiting for your word',
  waitingLine: (label: string, who: string) => `${label} to ${who}?`,
  waitingFor: (rule: string, purpose: string, until: string, often: string) =>
    `By your rule “${rule}”: ${purpose}, ${until}${often}.`,
  often: (count: number) => `, opened ${plural(count, 'time', 'times')} at most`,
  untilOften: (until: string, count: number) => `${until}, opened ${plural(count, 'time', 'times')} at most`,
  waitingMore: (shown: number) =>
    `These are the newest ${shown}. There are more, which follow as you answer these.`,
  untilDay: (day: string) => `until ${day}`,
  give: 'Give it',
  giveOf: (label: string, who: string) => `Give it: ${label} to ${who}`,
  decline: 'Do not give it',
  declineOf: (label: string, who: string) => `Do not give it: ${label} to ${who}`,
  gaveIt: (label: string, who: string) => `${label} given to ${who}`,
  declinedIt: (label: string, who: string) => `${label} not given to ${who}`,

  doneTitle: 'What your rules gave',
  doneNone: 'Nothing yet.',
  when_: 'When',
  what: 'What',
  rule: 'Rule',
  state: 'State',
  states: {
    waiting: 'waits for you',
    given: 'given',
    declined: 'you said no',
    replaced: 'replaced by a newer one',
  },

  nextTitle: 'What they would get next',
  nextNone: 'No rule of yours that is on is for them.',
  nextNow: (what: string) => `${what}: in the next moments.`,
  nextSaid: (what: string, missing: string) => `${what}: ${missing}.`,
  nextNothing: 'Nothing more by this rule.',
  missing: {
    agreed: 'once both have signed',
    'kept-promises': (count: number) => `${plural(count, 'kept promise', 'kept promises')} more`,
    'days-known': (count: number) => `in ${days(count)}`,
    'i-say-so': 'when you say so',
  },
  seeRules: 'Your rules',
  acceptNever: 'You never give this, so it is not shared.',
  acceptNeverNeeded: (label: string) =>
    `They cannot do this without your ${label}, which you never give. Let the offer be, or take it off the list under Rules.`,
};
