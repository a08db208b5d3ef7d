import { HANDLERS } from '../../src/handlers.ts';
import { newId } from '../../src/kernel/ids.ts';
import { type Forged, nameOf, posted, refusedBy, stranger } from './forging.ts';
import type { Attack } from './model.ts';
import { HOME, MARKET, SHOP, type World } from './world.ts';

type Place = 'home' | 'vendor' | 'market';
const HOSTS: Record<Place, string> = { home: HOME, vendor: SHOP, market: MARKET };

/** Whose name a stranger takes for a message of some type, where it goes, and what it says. */
interface Taken {
  readonly at: Place;
  readonly from: string;
  readonly to?: string;
  readonly body?: object;
}

const fromVendor = ({ first }: World): Taken => ({
  at: 'home',
  from: first.me,
  to: first.inbox,
  body: { rel: first.rel },
});
const fromMarket =
  (at: Place) =>
  ({ around }: World): Taken => ({ at, from: around.market });
const fromStorefront = ({ around }: World): Taken => ({ at: 'market', from: around.storefront });
const oneUse =
  (at: Place) =>
  (world: World): Taken => ({ at, from: nameOf(stranger(world)) });

/** For every type of message: the sender that it would have to be. A new type without one is an attack that succeeds. */
const SENDERS: Readonly<Record<string, (world: World) => Taken>> = {
  record: fromVendor,
  'heads-wanted': ({ first }) => ({
    at: 'home',
    from: first.me,
    to: first.inbox,
    body: { rel: first.rel, asker: 0, asked: 0 },
  }),
  'records-told': ({ first }) => ({
    at: 'home',
    from: first.me,
    to: first.inbox,
    body: { rel: first.rel, records: [], isAll: true },
  }),
  'identity-changed': fromVendor,
  'founding-told': ({ first, around }) => ({
    at: 'home',
    from: first.me,
    to: first.inbox,
    body: { rel: first.rel, identity: around.documents.vendor, changes: [] },
  }),
  accept: ({ first, around }) => ({
    at: 'vendor',
    from: first.victim,
    body: { identity: around.documents.victim },
  }),
  'agreement-signed': ({ first, around }) => ({
    at: 'home',
    from: first.me,
    to: first.inbox,
    body: { identity: around.documents.vendor },
  }),
  'agreement-refused': ({ first, around }) => ({
    at: 'home',
    from: around.storefront,
    to: first.inbox,
    body: { rel: first.rel },
  }),
  'invitation-accepted': ({ first, around }) => ({
    at: 'vendor',
    from: first.victim,
    body: { identity: around.documents.victim },
  }),
  'acquaintance-signed': fromVendor,
  'acquaintance-refused': fromVendor,
  'agreement-interaction': oneUse('vendor'),
  quotes: fromMarket('home'),
  answers: fromMarket('home'),
  'quotes-ended': fromMarket('home'),
  cells: fromMarket('home'),
  'storefront-open': ({ around }) => ({
    at: 'market',
    from: around.storefront,
    body: { storefront: around.documents.storefront },
  }),
  'listing-publish': fromStorefront,
  'listing-withdraw': fromStorefront,
  'listing-stock': fromStorefront,
  'storefront-moved': fromStorefront,
  'hold-answered': fromStorefront,
  answer: fromStorefront,
  'cast-declined': fromStorefront,
  cast: oneUse('market'),
  'cast-closed': oneUse('market'),
  'cells-wanted': oneUse('market'),
  'quote-declined': oneUse('market'),
  outcome: oneUse('market'),
  'cast-seen': fromMarket('vendor'),
  'cast-full': fromMarket('vendor'),
  'hold-wanted': fromMarket('vendor'),
  'hold-ended': fromMarket('vendor'),
  'listings-refused': fromMarket('vendor'),
};

/** A stranger speaks in everybody's name, for every type of message that there is. */
export const speakers: readonly Attack[] = [...HANDLERS.keys()].map((type) => ({
  name: `foreign speaker of ${type}`,
  does: 'signs with a key of its own for somebody else’s name',
  async attempt(world) {
    const sender = SENDERS[type];
    if (!sender) return `no rule in test/attacks/speakers.ts says whose name this type comes under`;
    const { at, from, to = world.around.paths[at], body = {} } = sender(world);
    const iat = world.now();
    const forged: Forged = {
      v: 1,
      id: newId(world.random),
      from,
      to,
      type,
      iat,
      exp: iat + 86_400_000,
      body,
    };
    const url = `https://${HOSTS[at]}/parley/v1/inbox/${to}`;
    const request = posted(world, [forged], stranger(world), { url });
    return refusedBy(world, request, /^later sender-foreign$/, [], world[at]);
  },
}));
