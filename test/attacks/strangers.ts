import { toUtf8 } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { makeStamp, STAMP_HEADER, TRAFFIC_LIMITS } from '../../src/network/index.ts';
import { envelope, type Forged, nameOf, newcomer, posted, said, sealed, stranger } from './forging.ts';
import type { Attack } from './model.ts';
import { countRows, HOME, MARKET, SHOP, type World } from './world.ts';

const BREATHE = { breathe: async () => {} };

/** A stranger's acceptance at the vendor's, which makes no sense and costs a signature and a row. */
function mail(world: World, change: Partial<Forged> = {}): Forged {
  const { vendor } = world.around.paths;
  return envelope(world, {
    type: 'accept',
    to: vendor,
    from: newcomer(world).document.payload.slice(0, 43),
    ...change,
  });
}

function atShop(
  world: World,
  lane: readonly Forged[],
  key: SigningKey,
  headers: Record<string, string> = {},
) {
  const url = `https://${SHOP}/parley/v1/inbox/${lane[0]?.to}`;
  const request = posted(world, lane, key, { url });
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Uses up what strangers may send the vendor for nothing. */
async function usedUp(world: World): Promise<void> {
  for (let i = 0; i <= TRAFFIC_LIMITS.strangersAtOnce; i++) {
    await world.vendor.answerPeer(atShop(world, [mail(world)], stranger(world)), world.side());
  }
}

/** Mail with this stamp, after the free ones are used up: it must be refused with this code. */
function stamped(
  name: string,
  does: string,
  make: (world: World, letter: Forged) => Promise<string>,
  code: string,
): Attack {
  return {
    name,
    does,
    async attempt(world) {
      await usedUp(world);
      const letter = mail(world);
      const headers = { [STAMP_HEADER]: await make(world, letter) };
      const answer = said(
        await world.vendor.answerPeer(atShop(world, [letter], stranger(world), headers), world.side()),
      );
      return answer === `402 ${code}` ? undefined : `it was answered: ${answer}`;
    },
  };
}

const worth = async (path: string, id: string, bits: number, at: number): Promise<string> => {
  const made = await makeStamp({ path, envelope: id }, bits, at, BREATHE);
  return made.ok ? made.value : '';
};

async function flood(
  world: World,
  node: 'home' | 'vendor',
  make: () => { request: Parameters<World['home']['answerPeer']>[0] },
  times: number,
) {
  const before = await countRows(world[node], 'inbox');
  for (let i = 0; i < times; i++) await world[node].answerPeer(make().request, world.side());
  return (await countRows(world[node], 'inbox')) - before;
}

/** What strangers may cost a node. */
export const strangers: readonly Attack[] = [
  stamped(
    'no stamp worth the name',
    'writes words in the place of a stamp',
    async () => 'please',
    'stamp-malformed',
  ),
  stamped(
    'a stamp of an hour’s less work',
    'makes a stamp of 4 bits',
    (w, it) => worth(it.to, it.id, 4, w.now()),
    'stamp-too-cheap',
  ),
  stamped(
    'a stamp of last week',
    'makes a stamp in advance',
    (w, it) => worth(it.to, it.id, 8, w.now() - 7 * 86_400_000),
    'stamp-out-of-date',
  ),
  stamped(
    'a stamp for next week',
    'makes a stamp for later',
    (w, it) => worth(it.to, it.id, 8, w.now() + 7 * 86_400_000),
    'stamp-out-of-date',
  ),
  stamped(
    'a stamp for another envelope',
    'uses one stamp for a second envelope',
    (w, it) => worth(it.to, newId(w.random), 12, w.now()),
    'stamp-too-cheap',
  ),
  stamped(
    'a stamp for another path',
    'uses a stamp that was made for somebody else',
    (w, it) => worth(w.around.paths.home, it.id, 12, w.now()),
    'stamp-too-cheap',
  ),
  stamped(
    'a stamp of 10,000 characters',
    'sends a long stamp to be hashed',
    async (w) => `1.${new Date(w.now()).toISOString().slice(0, 10)}.${'1'.repeat(10_000)}`,
    'stamp-malformed',
  ),
  {
    name: 'a hundred letters on one stamp',
    does: 'sends a lane of a hundred behind one good stamp',
    async attempt(world) {
      await usedUp(world);
      const key = stranger(world);
      const lane = Array.from({ length: 100 }, () => mail(world, { from: nameOf(key) }));
      const [first] = lane;
      const headers = { [STAMP_HEADER]: await worth(first?.to ?? '', first?.id ?? '', 12, world.now()) };
      const answer = said(await world.vendor.answerPeer(atShop(world, lane, key, headers), world.side()));
      return answer === '402 stamp-needed' ? undefined : `it was answered: ${answer}`;
    },
  },
  {
    name: 'strangers’ mail behind another type',
    does: 'puts something harmless first, and ninety-nine letters of a stranger behind it',
    async attempt(world) {
      await usedUp(world);
      const { document } = newcomer(world);
      const key = stranger(world);
      const letter = (type: string): Forged =>
        mail(world, { type, from: nameOf(key), body: { identity: document } });
      const lane = [letter('nothing'), ...Array.from({ length: 99 }, () => letter('accept'))];
      const answer = said(await world.vendor.answerPeer(atShop(world, lane, key), world.side()));
      return answer === '402 stamp-needed' ? undefined : `it was answered: ${answer.slice(0, 200)}`;
    },
  },
  {
    name: 'a flood of strangers',
    does: 'sends three hundred letters under three hundred new names from three hundred addresses',
    async attempt(world) {
      const rows = await flood(
        world,
        'vendor',
        () => ({ request: atShop(world, [mail(world)], stranger(world)) }),
        300,
      );
      return rows <= TRAFFIC_LIMITS.strangersAtOnce + 1 ? undefined : `${rows} rows were written`;
    },
  },
  {
    name: 'a flood of every other type',
    does: 'sends each person’s inbox three hundred signed changes, heads and tables of nobody’s',
    async attempt(world) {
      const types = [
        'identity-changed',
        'heads-wanted',
        'records-told',
        'cells',
        'quotes',
        'agreement-signed',
        'record',
      ];
      let at = 0;
      const rows = await flood(
        world,
        'home',
        () => {
          const key = stranger(world);
          const type = types[at++ % types.length] ?? 'record';
          return { request: posted(world, [envelope(world, { type, from: nameOf(key) })], key) };
        },
        300,
      );
      return rows === 0 ? undefined : `${rows} rows were written`;
    },
  },
  {
    name: 'too many requests from one address',
    does: 'sends a thousand requests at once from one address',
    async attempt(world) {
      const side = world.side();
      const request = posted(world, [envelope(world, { type: 'nothing' })]);
      let answered = 0;
      for (let i = 0; i < 1_000; i++)
        if ((await world.home.answerPeer(request, side)).status !== 429) answered++;
      return answered <= TRAFFIC_LIMITS.peerRequestsAtOnce ? undefined : `${answered} were answered`;
    },
  },
  {
    name: 'too many envelopes from one address',
    does: 'sends ten thousand envelopes in full requests from one address',
    async attempt(world) {
      const side = world.side();
      let answered = 0;
      for (let i = 0; i < 100; i++) {
        const lane = Array.from({ length: 100 }, () => envelope(world, { type: 'nothing' }));
        if ((await world.home.answerPeer(posted(world, lane), side)).status === 200) answered += 100;
      }
      return answered <= TRAFFIC_LIMITS.peerEnvelopesAtOnce ? undefined : `${answered} were answered`;
    },
  },
  {
    name: 'too many octets from one address',
    does: 'sends a hundred requests of a megabyte from one address',
    async attempt(world) {
      const side = world.side();
      const octets = new Uint8Array(1024 * 1024).fill(0x20);
      const url = `https://${HOME}/parley/v1/inbox/${world.first.inbox}`;
      const headers = { 'content-type': 'application/parley-envelopes' };
      let read = 0;
      for (let i = 0; i < 100; i++) {
        const answer = await world.home.answerPeer({ method: 'POST', url, headers, body: octets }, side);
        if (answer.status !== 429) read += octets.length;
      }
      return read <= TRAFFIC_LIMITS.peerOctetsAtOnce ? undefined : `${read} octets were read`;
    },
  },
  {
    name: 'somebody else’s letters',
    does: 'asks for the letters of a box with a key of its own',
    async attempt(world) {
      const url = `https://${MARKET}/parley/v1/letters`;
      const headers = { 'content-type': 'application/parley-letters-wanted+json' };
      const request = sealed(
        world,
        { method: 'POST', url, headers, body: toUtf8('{"v":1,"readTo":0}') },
        stranger(world),
      );
      const answer = await world.market.answerPeer(request, world.side());
      const text = Buffer.from(answer.body).toString();
      return text === '{"v":1,"letters":[],"isAll":true}' ? undefined : `it was answered: ${text}`;
    },
  },
  {
    name: 'letters without a signature',
    does: 'asks for letters by the name of a box',
    async attempt(world) {
      const url = `https://${MARKET}/parley/v1/letters`;
      const headers = { 'content-type': 'application/parley-letters-wanted+json' };
      const body = toUtf8('{"v":1,"readTo":0,"box":"~guessed"}');
      const answer = said(
        await world.market.answerPeer({ method: 'POST', url, headers, body }, world.side()),
      );
      return answer === '401 signature-missing' ? undefined : `it was answered: ${answer}`;
    },
  },
  {
    name: 'a box that is read before it is full',
    does: 'asks with numbers that are none, to have letters erased',
    async attempt(world) {
      const url = `https://${MARKET}/parley/v1/letters`;
      const headers = { 'content-type': 'application/parley-letters-wanted+json' };
      const before = await countRows(world.market, 'drop_letters');
      for (const readTo of ['-1', '1e999', '"all"', 'null', String(2 ** 53)]) {
        const body = toUtf8(`{"v":1,"readTo":${readTo}}`);
        const answer = said(
          await world.market.answerPeer(
            sealed(world, { method: 'POST', url, headers, body }, stranger(world)),
            world.side(),
          ),
        );
        if (answer !== '400 collection-malformed') return `it was answered: ${answer}`;
      }
      return (await countRows(world.market, 'drop_letters')) === before ? undefined : 'letters were erased';
    },
  },
  {
    name: 'filling somebody’s box',
    does: 'posts letters from outside into a box at the market',
    async attempt(world) {
      const box = `~${nameOf(stranger(world))}`;
      const url = `https://${MARKET}/parley/v1/inbox/${box}`;
      const lane = Array.from({ length: 50 }, () => envelope(world, { to: box }));
      const answer = said(
        await world.market.answerPeer(posted(world, lane, world.first.key, { url }), world.side()),
      );
      return answer === '404 inbox-unknown' ? undefined : `it was answered: ${answer}`;
    },
  },
];
