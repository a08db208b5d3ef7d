import { newId } from '../../src/kernel/ids.ts';
import { signingKey } from '../../src/kernel/signing.ts';
import {
  carrying,
  changed,
  type Forged,
  headAt,
  nextRecord,
  posted,
  refusedBy,
  said,
  stranger,
} from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT } from './refusing.ts';
import { countRows, rowsOf, type World } from './world.ts';

async function send(world: World, forgedEnvelope: Forged, key = world.first.key): Promise<string> {
  return said(await world.home.answerPeer(posted(world, [forgedEnvelope], key), world.side()));
}

/** What takes more than one request. */
export const records: readonly Attack[] = [
  {
    name: 'the same request again',
    does: 'sends every octet of a request that was taken a second time',
    async attempt(world) {
      const request = posted(world, [carrying(world, await nextRecord(world))]);
      const once = await world.home.answerPeer(request, world.side());
      const before = await rowsOf(world.home);
      const twice = await world.home.answerPeer(request, world.side());
      const rows = await changed(world.home, before);
      const isSame = Buffer.compare(once.body, twice.body) === 0;
      return isSame && said(once) === 'acted' && rows.length === 0
        ? undefined
        : `${said(twice)}, rows changed in ${rows}`;
    },
  },
  {
    name: 'the same envelope under another request',
    does: 'signs a taken envelope anew',
    async attempt(world) {
      const one = carrying(world, await nextRecord(world));
      if ((await send(world, one)) !== 'acted') return 'the honest one was not taken';
      return refusedBy(world, posted(world, [one]), /^acted$/);
    },
  },
  {
    name: 'the same record in another envelope',
    does: 'sends a taken record under a new id, to have it counted twice',
    async attempt(world) {
      const record = await nextRecord(world);
      if ((await send(world, carrying(world, record))) !== 'acted') return 'the honest one was not taken';
      return refusedBy(world, posted(world, [carrying(world, record)]), /^acted$/, KEPT);
    },
  },
  {
    name: 'the same id with other words',
    does: 'sends other words under an id that was taken',
    async attempt(world) {
      const one = carrying(world, await nextRecord(world));
      if ((await send(world, one)) !== 'acted') return 'the honest one was not taken';
      const other = carrying(world, await nextRecord(world), { id: one.id });
      return refusedBy(world, posted(world, [other]), /^acted$/);
    },
  },
  {
    name: 'dedupe poisoning',
    does: 'uses up the id of an envelope before it comes, under a key of its own',
    async attempt(world) {
      const real = carrying(world, await nextRecord(world));
      const poison = { ...real, type: 'heads-wanted', body: {} };
      const tried = await refusedBy(
        world,
        posted(world, [poison], stranger(world)),
        /^later sender-foreign$/,
      );
      const unknown = await refusedBy(
        world,
        posted(world, [{ ...real, type: 'nothing' }], stranger(world)),
        /^refused message-unknown$/,
      );
      const late = { ...real, exp: 1 };
      const expired = await refusedBy(
        world,
        posted(world, [late], stranger(world)),
        /^later sender-foreign$/,
      );
      const answer = await send(world, real);
      return (
        tried ??
        unknown ??
        expired ??
        (answer === 'acted' ? undefined : `the real one was answered: ${answer}`)
      );
    },
  },
  {
    name: 'the stored receipt at the other inbox',
    does: 'asks the victim’s other inbox for the receipt of a taken envelope, to see whether both are one person’s',
    async attempt(world) {
      const one = carrying(world, await nextRecord(world));
      if ((await send(world, one)) !== 'acted') return 'the honest one was not taken';
      return refusedBy(world, posted(world, [{ ...one, to: world.second.inbox }]), /^later sender-foreign$/);
    },
  },
  {
    name: 'a fork',
    does: 'signs two records with one number, for two readers',
    async attempt(world) {
      const [one, two] = [
        await nextRecord(world),
        await nextRecord(world, {}, { type: 'message', content: { text: 'Other.' }, key: world.first.key }),
      ];
      if ((await send(world, carrying(world, one))) !== 'acted') return 'the honest one was not taken';
      const before = await countRows(world.home, 'forks');
      const answer = await send(world, carrying(world, two));
      if (answer !== 'refused record-fork') return `it was answered: ${answer}`;
      // The first one goes back to whoever signed both.
      await world.idle();
      return (await countRows(world.home, 'forks')) === before + 1 ? undefined : 'the proof was not kept';
    },
  },
  {
    name: 'a flood of forks',
    does: 'signs fifty records with one number, so that the proofs fill the disk',
    async attempt(world) {
      for (let i = 0; i < 50; i++) {
        const record = await nextRecord(world, { seq: 1, prev: null });
        const answer = await send(world, carrying(world, record));
        if (answer !== 'refused record-fork') return `it was answered: ${answer}`;
      }
      await world.idle();
      const forks = await countRows(world.home, 'forks');
      return forks <= 3 ? undefined : `${forks} proofs were kept`;
    },
  },
  {
    name: 'a foreign key that spells the name',
    does: 'names itself by the vendor’s thumbprint',
    async attempt(world) {
      const mallory = signingKey(world.random.bytes(32));
      const one = carrying(
        world,
        await nextRecord(world, {}, { type: 'message', content: { text: 'x' }, key: mallory }),
        { from: world.first.key.kid },
      );
      return refusedBy(world, posted(world, [one], mallory), /^later sender-foreign$/);
    },
  },
  {
    name: 'a hundred records, one bad in the middle',
    does: 'hides a bad record between good ones, so that what follows is taken out of order',
    async attempt(world) {
      const head = await headAt(world);
      const good = await nextRecord(world);
      const after = await nextRecord(world, { seq: head.seq + 3, prev: 'B'.repeat(43) });
      const answer = said(
        await world.home.answerPeer(
          posted(world, [
            carrying(world, good),
            carrying(world, after),
            carrying(world, await nextRecord(world, { seq: head.seq + 4 })),
          ]),
          world.side(),
        ),
      );
      // The victim asks what is missing.
      await world.idle();
      const now = await headAt(world);
      return answer === 'acted, later record-out-of-order' && now.seq === head.seq + 1
        ? undefined
        : `${answer}, at ${now.seq}`;
    },
  },
  {
    name: 'a record of 250 KB, a hundred times',
    does: 'sends the longest lane of the largest records',
    async attempt(world) {
      const big = { type: 'message', content: { text: 'x'.repeat(170_000) }, key: world.first.key };
      const one = carrying(world, await nextRecord(world, {}, big));
      const many = Array.from({ length: 100 }, () => ({ ...one, id: newId(world.random) }));
      return refusedBy(world, posted(world, many), /^413 request-too-large$/);
    },
  },
];
