import { sql } from 'kysely';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { carrying, nextRecord, posted, said } from './forging.ts';
import type { Attack } from './model.ts';
import type { World } from './world.ts';

/** What is no key, or one with which everybody agrees on the same secret (RFC 7748, section 6.1). */
const POINTS: readonly (readonly [what: string, hex: string])[] = [
  ['zero', '00'.repeat(32)],
  ['one', `01${'00'.repeat(31)}`],
  ['a point of order eight', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
  ['another point of order eight', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
  ['the prime less one', `ec${'ff'.repeat(30)}7f`],
  ['the prime', `ed${'ff'.repeat(30)}7f`],
  ['the prime and one', `ee${'ff'.repeat(30)}7f`],
  ['zero with the highest bit', `${'00'.repeat(31)}80`],
  ['31 octets', '09'.repeat(31)],
  ['one octet', '09'],
  ['nothing', ''],
];

/** The key under which the victim would give them something. */
function keyInForce({ home, first }: World): Promise<string | undefined> {
  return home.deps.storage.read(async (view) => {
    const { rows } = await sql<{ public_key: string }>`
      select public_key from sealing_keys where rel = ${first.rel} order by place desc limit 1`.execute(
      view.db,
    );
    return rows[0]?.public_key;
  });
}

/** The other side names what is no key as the one that it is to be given things under. */
export const sealingKeys: readonly Attack[] = POINTS.map(([what, hex]) => ({
  name: `a sealing key that is none: ${what}`,
  does: 'names it as the key under which it is given things, so that all can read it or the victim stops',
  async attempt(world) {
    const before = await keyInForce(world);
    const content = { key: toBase64url(Buffer.from(hex, 'hex')) };
    const record = await nextRecord(world, {}, { type: 'sealing-key', content, key: world.first.key });
    const answer = said(await world.home.answerPeer(posted(world, [carrying(world, record)]), world.side()));
    await world.idle();
    if (!/^(acted|refused (record-malformed|sealing-key-unusable))$/.test(answer))
      return `it was answered: ${answer}`;
    const after = await keyInForce(world);
    if (after === content.key) return 'what is given from now on is sealed to that';
    if (before === undefined || after !== before) return 'the key of before is not in force';
    // The victim speaks on, as if nothing had been.
    const next = await nextRecord(world);
    const then = said(await world.home.answerPeer(posted(world, [carrying(world, next)]), world.side()));
    return then === 'acted' ? undefined : `then it was answered: ${then}`;
  },
}));
