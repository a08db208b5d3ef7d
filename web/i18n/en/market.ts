import { plural } from '../plural.ts';

export const market = {
  title: 'Market rules',
  lead: 'What each market has published about itself. It is signed; a market that breaks it can be shown to.',
  which: 'Market',
  where: 'Where',
  here: 'on this node',
  reached: {
    here: (_host: string) => 'It is on this very node: what you ask there stays on this machine.',
    relay: (host: string) =>
      `Another node carries what you ask there, so ${host} does not learn the address of this node.`,
    direct: (host: string) =>
      `When you ask there, ${host} learns the address of this node, because no relay carries for it. It does not learn who on this node asks; where few people live on a node, its address says much.`,
  },
  addTitle: 'Add a market',
  host: 'Name of the node it is on',
  hostHint: 'Such as market.example.org. That node learns the address of this one, and nothing of you.',
  add: 'Add market',
  added: (name: string) => `${name} is on the list now`,
  known: (name: string) => `${name} was on the list already`,
  forget: 'Forget market',
  forgetAsk: (name: string) => `Take ${name} off the list?`,
  forgetWhat:
    'It goes for everybody on this node. What anybody here wants there ends; agreements stay. It can be added again.',
  forgotten: (name: string, wants: number) =>
    `${name} is off the list; ${plural(wants, 'want', 'wants')} ended`,
  operator: 'Run by',
  fee: 'Fee',
  feeLine: (perMille: number, payer: 'buyer' | 'seller') =>
    perMille === 0
      ? 'none'
      : `${(perMille / 10).toLocaleString('en-GB')} % of the price, paid by ${payer === 'buyer' ? 'who buys' : 'who sells'}`,
  smallest: 'Smallest number',
  smallestSay: (k: number) =>
    k < 2
      ? 'This market takes even a want that only one could have said.'
      : `A want is cast only when at least ${k} could have said it. The number in the published table goes up in steps, so that it says little about one person.`,
  epoch: 'Counts are published every',
  days: (count: number) => plural(count, 'day', 'days'),
  categories: 'Categories',
  capQuotes: 'Answers by themselves, at most per want',
  capAnswers: 'Answers by hand, at most per want',
  capPerVendor: 'Of them from one vendor',
  counts: 'What is counted',
  countsOf: {
    people: 'people, each vouched for once per period',
    accounts: 'accounts, not people: nobody vouches that one person has only one',
    'sample people': 'sample people, who are invented',
  },
  nextTable: 'Next table',
  order: 'Order of offers',
  key: 'Signs with',
  terms: 'Terms',
  whoCol: 'Who',
  learnsCol: 'Can learn',
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
  atLeast: 'At least',
  emptyTitle: 'No market yet',
  empty: 'Markets bring wants and offers together. Load the sample market to see how one works.',
  tableElsewhere:
    'This market keeps its table on its own node. Whenever you look at what a want would show, the newest one is fetched whole, so that the market does not learn which line you read.',
  tableEmpty: 'Nothing is published yet; the first table comes at the end of the first period.',
};
