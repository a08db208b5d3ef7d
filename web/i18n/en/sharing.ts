import { plural } from '../plural.ts';

/** Who can see what of mine, and what each side of a relationship shows the other. */
export const sharing = {
  lead: (items: number, parties: number) =>
    items === 0
      ? 'Nobody can open anything of yours now.'
      : `${plural(parties, 'party sees', 'parties see')} ${plural(items, 'item', 'items')} of yours.`,
  show: 'Show',
  shows: { now: 'What can be seen now', over: 'What is over' },
  item: 'Item',
  itemFor: 'Item, and what for',
  emptyTitle: 'Nobody sees any of your data',
  empty:
    'When you share an item in an agreement, it stands here with who sees it, why and until when, and you can stop it here.',
  useUnseen:
    '“Opened” counts what their Parley has signed for: one receipt an hour at most, and one for each time where you set a number. Nobody can see from here what was copied elsewhere, or what a Parley does that somebody has changed.',
  neverOut: 'never went out',
  grid: 'At a glance',
  gridPart: (shown: number) =>
    `Only ${plural(shown, 'party is', 'parties are')} shown here. The list below has everybody.`,
  gridNot: (most: number) =>
    `There is more here than fits one picture, which is drawn for up to ${most} lines. Search for a party or an item to see theirs at a glance.`,
  seesIt: (date: string) => `until ${date}`,
  notSeen: 'not shared',
  notSearched: 'not searched for',
  gridSearched: 'Only what your search finds is in this picture.',
  overMine: 'What they saw of you',
  overTheirs: 'What you saw of them',
};
