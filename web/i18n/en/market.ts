import { plural } from '../plural.ts';

export const market = {
  title: 'Market rules',
  lead: 'What each market has published about itself. It is signed; a market that breaks it can be shown to.',
  operator: 'Run by',
  fee: 'Fee',
  smallest: 'Smallest number',
  smallestSay: (k: number) =>
    `A want is cast only when at least ${k} people could have said it. The number in the published table goes up in steps, so that it says little about one person.`,
  epoch: 'Counts are published every',
  days: (count: number) => plural(count, 'day', 'days'),
  categories: 'Categories',
  places: 'Places',
  capQuotes: 'Answers by themselves, at most per want',
  capAnswers: 'Answers by hand, at most per want',
  attester: 'Who vouches that accounts are people',
  noAttester: 'Nobody. So the counts are of accounts, not of people.',
  size: 'Size',
  sizeLine: (vendors: number, listings: number, cells: number) =>
    `${plural(vendors, 'vendor', 'vendors')}, ${plural(listings, 'listing', 'listings')}, ${plural(cells, 'published cell', 'published cells')}`,
  learns: 'Who can learn what',
  learnsRows: [
    ['The market', 'the general version of each want, and that some party of this node sent it'],
    ['Vendors asked', 'the general version, under a number made for them alone'],
    ['Vendors you accept', 'the fields you chose, and nothing that ties you to your other deals'],
    ['Other people', 'the published table below'],
  ] as const,
  table: 'Published table',
  tableLead:
    'A row counts the wants that cannot be told apart. Rows below the smallest number are not published.',
  cell: 'Want, as general as the market sees it',
  place: 'Where',
  price: 'Price',
  atLeast: 'At least',
  emptyTitle: 'No market yet',
  empty: 'Markets bring wants and offers together. Load the sample market to see how one works.',
  tableEmpty: 'Nothing is published yet; the first table comes at the end of the first period.',
};
