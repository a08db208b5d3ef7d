import { plural } from '../plural.ts';

export const frame = {
  name: 'Parley',
  title: (page: string) => `${page} · Parley`,
  skip: 'Skip to the page',
  places: 'Places',
  actingAs: 'You',
  otherSide: 'They',
  switchParty: 'Act as somebody else',
  sampleVendors: 'Sample vendors',
  findVendor: 'Find a sample vendor',
  addParty: 'Create another party',
  signInOther: 'Sign in as another party',
  signOut: 'Sign out',
  sample: 'sample',
  sampleLoaded: 'The sample market is loaded.',
  lan: 'You reach this page over the network. Others on it can reach its first page too.',
  today: 'Today',
  wants: 'Wants',
  relationships: 'Relationships',
  data: 'My data',
  terms: 'My terms',
  desk: 'Desk',
  more: 'More',
  market: 'Market rules',
  settings: 'Settings',
  leave: 'Leave',
  back: (place: string) => `Back to ${place}`,
  loading: 'Loading',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  dismiss: 'Dismiss',
  search: 'Search',
  all: 'All',
  optional: 'optional',
  none: 'None',
  unknown: 'not known',
  asTable: 'The same as a table',
  showing: (before: number, shown: number, isPart: boolean, total: number | undefined) => {
    if (!isPart) return plural(shown, 'row', 'rows');
    const range =
      shown === 0
        ? '0'
        : `${(before + 1).toLocaleString('en-GB')}–${(before + shown).toLocaleString('en-GB')}`;
    return total === undefined ? `Rows ${range}` : `Rows ${range} of ${total.toLocaleString('en-GB')}`;
  },
  previous: 'Previous page',
  next: 'Next page',
  nothingFits: 'Nothing fits this search and these filters.',
  clearFilters: 'Clear search and filters',
  undone: (what: string) => `Undone: ${what}`,
  notUndone: (what: string) => `Not undone: ${what}. Look at the list, then try again.`,
  notFoundTitle: 'There is no such page',
  notFound: 'The address may be mistyped, or what was here belongs to another party.',
  toToday: 'Go to Today',
  copy: 'Copy',
  copied: 'Copied',
  print: 'Print',
  stepBack: 'Keep it',
  keys: {
    title: 'Keys',
    about: 'They work when no text field has the focus. You can switch them off in Settings.',
    rows: [
      ['j', 'next row'],
      ['k', 'previous row'],
      ['Enter', 'open the row'],
      ['x', 'tick the row, or let it go'],
      ['Shift x', 'tick all rows from the last one ticked'],
      ['/', 'search this page'],
      ['n', 'new want'],
      ['Ctrl Z', 'undo what the last notice names'],
      ['?', 'this list'],
    ],
  },
};

const number = (count: number) => count.toLocaleString('en-GB');

/** Rows that are ticked, and acts on all of them. */
export const ticks = {
  name: 'Acts on ticked rows',
  column: 'Ticked',
  tick: (name: string) => `Tick ${name}`,
  shown: (count: number) => (count === 1 ? 'Tick the 1 shown' : `Tick all ${number(count)} shown`),
  count: (count: number, elsewhere: number) =>
    elsewhere === 0
      ? `${number(count)} ticked`
      : `${number(count)} ticked, ${number(elsewhere)} on other pages`,
  allShown: (count: number) => `All ${number(count)} shown are ticked.`,
  all: (count: number) => `Tick all ${number(count)} that fit`,
  letGo: 'Let go',
  working: 'How far it has come',
  progress: (done: number, of: number) => `${number(done)} of ${number(of)}`,
  stop: 'Stop',
  not: (done: number, not: number) =>
    done === 0
      ? `Not done for ${number(not)}, which are still ticked.`
      : `Done for ${number(done)}, not for ${number(not)}, which are still ticked.`,
  why: (count: number, why: string) => `${number(count)}: ${why}`,
};

export const units = {
  now: 'just now',
  favours: (count: number) => plural(count, 'favour', 'favours'),
  pieces: (count: number) => plural(count, 'piece', 'pieces'),
  hours: (count: number) => plural(count, 'hour', 'hours'),
  minutes: (count: number) => plural(count, 'minute', 'minutes'),
  km: (count: number) => `${count} km`,
  unitNames: { hours: 'hours', favour: 'favours', goods: 'goods' },
  unit: 'Unit',
};

export const problems = {
  broken: 'This page stopped working.',
  brokenNext: 'Nothing you saved is lost. Reload the page, or go to another one.',
  reload: 'Reload',
};
