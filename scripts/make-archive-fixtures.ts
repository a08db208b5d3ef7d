import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import {
  ARCHIVE_PASSPHRASE,
  changed,
  countAgain,
  editRow,
  exportQuickly,
  findRow,
  type JsonRow,
  type OctetsChange,
  openTown,
  readLinesOf,
  reportOn,
  rowsOf,
  sealText,
} from '../src/archive/testing.ts';
import { fromBase64url, hashId, toBase64url } from '../src/kernel/bytes.ts';
import { seededRandom } from '../src/kernel/seeded-random.ts';
import { changeKeys } from './archives/change-keys.ts';
import { type Damage, forged, KEY_DAMAGES } from './archives/key-damages.ts';
import { generateParty } from './archives/party.ts';
import { RECORD_DAMAGES } from './archives/record-damages.ts';
import { RULE_DAMAGES } from './archives/rule-damages.ts';

/** Makes fixtures/archives anew: one whole archive and damaged copies, each with what a verifier has to say of it. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'archives');
const WHOLE = join(FOLDER, 'whole.parley');
const SMALL = join(FOLDER, 'small.parley');
const KEYS = join(FOLDER, 'keys.parley');
const GENERATED = join(FOLDER, 'generated.parley');
const BASES = { small: SMALL, keys: KEYS, generated: GENERATED };

const isFirst = (): boolean => true;
const nth = (lines: readonly string[], section: string, n: number): number =>
  rowsOf(lines, section).at(n) ?? 0;
const octetsOf = (row: JsonRow, name: string): Buffer => Buffer.from(fromBase64url(String(row[name])) ?? []);

const isTheirs = (row: JsonRow): boolean => row.is_mine === false;

const DAMAGES: Readonly<Record<string, Damage>> = {
  'header-flipped': {
    what: 'one letter of the stanza in the age header',
    codes: ['locked'],
    octets: (o) => otherLetter(o, 60),
  },
  'mac-flipped': {
    what: 'one letter of the MAC of the age header',
    codes: ['header-damaged'],
    octets: (o) => otherLetter(o, 130),
  },
  'block-flipped': {
    what: 'one bit in the first block',
    codes: ['block-damaged'],
    octets: (o) => flip(o, 5_000),
  },
  'last-octet-missing': {
    what: 'the last octet',
    codes: ['block-damaged'],
    octets: (o) => ({ keep: o.length - 1 }),
  },
  'octet-added': {
    what: 'one octet more',
    codes: ['block-damaged'],
    octets: () => ({ append: 'AA' }),
  },
  'cut-between-blocks': {
    what: 'everything after the first block',
    codes: ['block-damaged'],
    octets: () => ({ keep: 149 + 16 + 65_552 }),
  },
  'second-block-flipped': {
    what: 'one bit in the second block',
    codes: ['block-damaged'],
    octets: (o) => flip(o, o.length - 500),
  },
  'other-passphrase': {
    what: 'nothing; the passphrase is another one',
    codes: ['locked'],
    passphrase: 'not this one',
  },
  'line-removed': {
    what: 'a record is missing',
    codes: ['chain-gap', 'seen-unknown', 'count-differs', 'total-differs'],
    lines: (l) =>
      l.splice(
        findRow(l, 'records', (row) => row.is_mine === true && row.type === 'message'),
        1,
      ),
  },
  'line-twice': {
    what: 'a message stands twice',
    codes: ['row-twice', 'count-differs', 'total-differs'],
    lines: (l) => l.splice(nth(l, 'messages', 0), 0, l[nth(l, 'messages', 0)] ?? ''),
  },
  'lines-swapped': {
    what: 'two messages are the other way round',
    codes: ['row-order', 'hash-differs', 'total-differs'],
    lines: (l) =>
      l.splice(nth(l, 'messages', 0), 2, l[nth(l, 'messages', 1)] ?? '', l[nth(l, 'messages', 0)] ?? ''),
  },
  'line-changed': {
    what: 'one word of a message',
    codes: ['hash-differs', 'total-differs'],
    lines: (l) => editRow(l, 'messages', isFirst, (row) => (row.words = 'Never.')),
  },
  'end-missing': { what: 'the last line', codes: ['manifest-missing'], lines: (l) => l.pop() },
  'cut-in-a-line': {
    what: 'the last hundred characters',
    codes: ['line-cut', 'manifest-missing'],
    text: (text) => text.slice(0, -100),
  },
  'line-after-the-end': {
    what: 'one line more',
    codes: ['after-manifest'],
    lines: (l) => l.push('{"more":1}'),
  },
  'section-removed': {
    what: 'a whole section, with its line',
    codes: ['section-missing', 'total-differs'],
    lines: (l) => l.splice(nth(l, 'items', 0) - 1, 1 + rowsOf(l, 'items').length),
  },
  'newer-version': {
    what: 'the version of the format',
    codes: ['format-unknown'],
    lines: forged((l) => (l[0] = (l[0] ?? '').replace(/"v":1\}$/, '"v":2}'))),
  },
  'space-in-a-line': {
    what: 'a space where the one way to write has none',
    codes: ['not-canonical'],
    lines: forged((l) => (l[nth(l, 'items', 0)] = (l[nth(l, 'items', 0)] ?? '').replace(':', ': '))),
  },
  'name-twice': {
    what: 'a name stands twice in one object',
    codes: ['not-json'],
    lines: forged(
      (l) => (l[nth(l, 'items', 0)] = (l[nth(l, 'items', 0)] ?? '').replace('{', '{"category":"other",')),
    ),
  },
  'column-missing': {
    what: 'a column of one row',
    codes: ['row-columns'],
    lines: forged((l) => editRow(l, 'items', isFirst, (row) => delete row.category)),
  },
  'record-forged': {
    what: 'what a record says of its time, with id, counts and hashes made to fit',
    codes: ['signature-broken', 'chain-broken', 'seen-unknown'],
    lines: forged((l) =>
      editRow(
        l,
        'records',
        (row) => isTheirs(row) && row.seq === 1,
        (row) => {
          const payload = octetsOf(row, 'payload')
            .toString()
            .replace(/"at":\d+/, '"at":1');
          row.payload = toBase64url(Buffer.from(payload));
          row.id = hashId(Buffer.from(payload));
        },
      ),
    ),
  },
  'body-forged': {
    what: 'the words of a record, with counts and hashes made to fit',
    codes: ['body-differs'],
    lines: forged((l) =>
      editRow(
        l,
        'records',
        (row) => row.type === 'message',
        (row) => {
          const body = octetsOf(row, 'body')
            .toString()
            .replace(/"words":"[^"]*"/, '"words":"Never."');
          row.body = toBase64url(Buffer.from(body));
        },
      ),
    ),
  },
  'agreement-half-signed': {
    what: 'one signature of an agreement, with counts and hashes made to fit',
    codes: ['agreement-unsigned'],
    lines: forged((l) =>
      editRow(
        l,
        'documents',
        (row) => row.type === 'agreement' && JSON.parse(String(row.signatures)).length === 2,
        (row) => {
          row.signatures = JSON.stringify(JSON.parse(String(row.signatures)).slice(0, 1));
        },
      ),
    ),
  },
  'secret-exchanged': {
    what: 'the secret, with counts and hashes made to fit',
    codes: ['identity-foreign', 'identity-foreign'],
    lines: forged((l) =>
      editRow(l, 'party_secrets', isFirst, (row) => (row.served = toBase64url(new Uint8Array(32)))),
    ),
  },
};

function otherLetter(octets: Buffer, at: number): OctetsChange {
  return { at, octet: octets[at] === 65 ? 66 : 65 };
}

function flip(octets: Buffer, at: number): OctetsChange {
  return { at, octet: (octets[at] ?? 0) ^ 1 };
}

/** A party small enough to look at: few keys prepared ahead; and the same later, with new keys. */
async function makeWhole(): Promise<void> {
  const town = await openTown('sqlite', 'archive fixtures', 2);
  const { node, homes } = town;
  try {
    await node.deps.storage.transact(homes.maya, (tx) =>
      sql`delete from recovery_commitments where home_id = ${tx.home} and position > 150`.execute(tx.db),
    );
    writeFileSync(WHOLE, readFileSync(await exportQuickly(node, homes.maya)));
    await changeKeys(town);
    writeFileSync(KEYS, readFileSync(await exportQuickly(node, homes.maya)));
  } finally {
    await node.close();
  }
}

/** The same without the envelopes: one block, and whole as well. */
async function makeSmall(from: string, to: string): Promise<void> {
  const lines = await readLinesOf(from);
  for (const section of ['outbox', 'inbox'])
    lines.splice(nth(lines, section, 0), rowsOf(lines, section).length);
  countAgain(lines);
  rmSync(to, { force: true });
  await sealText(to, `${lines.join('\n')}\n`);
}

async function expectWhole(path: string): Promise<object> {
  const { ok, party, counts, hashes, checked, notices, problems } = await reportOn(path);
  assert.deepEqual(problems, []);
  const told = notices.map(({ place, code }) => ({ place, code }));
  const content = { party, counts, hashes, checked, notices: told };
  return {
    name: basename(path, '.parley'),
    file: basename(path),
    passphrase: ARCHIVE_PASSPHRASE,
    ok,
    ...content,
  };
}

async function expectDamage(name: string, damage: Damage): Promise<object> {
  const passphrase = damage.passphrase ?? ARCHIVE_PASSPHRASE;
  const change = damage.octets?.(readFileSync(WHOLE));
  const isMade = damage.lines !== undefined || damage.text !== undefined;
  const path = isMade ? join(FOLDER, `${name}.parley`) : WHOLE;
  if (isMade) {
    const lines = await readLinesOf(BASES[damage.of ?? 'small']);
    damage.lines?.(lines);
    const text = `${lines.join('\n')}\n`;
    await sealText(path, damage.text?.(text) ?? text);
  }
  const copy = join(FOLDER, 'copy');
  writeFileSync(copy, changed(readFileSync(path), change));
  const found = await reportOn(copy, passphrase);
  rmSync(copy);
  const codes = found.problems.map((problem) => problem.code);
  assert.deepEqual(codes.sort(), [...damage.codes].sort(), name);
  const problems = found.problems.map(({ place, code }) => ({ place, code }));
  const edit = change ? { edit: change } : {};
  return { name, file: basename(path), passphrase, ...edit, damage: damage.what, ok: found.ok, problems };
}

mkdirSync(FOLDER, { recursive: true });
for (const name of readdirSync(FOLDER)) if (name.endsWith('.parley')) rmSync(join(FOLDER, name));
await makeWhole();
await makeSmall(WHOLE, SMALL);
await makeSmall(KEYS, KEYS);
await sealText(GENERATED, `${generateParty(seededRandom('archive fixtures 166')).join('\n')}\n`);
const cases: object[] = [];
for (const path of [WHOLE, SMALL, KEYS, GENERATED]) cases.push(await expectWhole(path));
for (const [name, damage] of Object.entries({
  ...DAMAGES,
  ...KEY_DAMAGES,
  ...RULE_DAMAGES,
  ...RECORD_DAMAGES,
}))
  cases.push(await expectDamage(name, damage));
writeFileSync(join(FOLDER, 'expected.json'), `${JSON.stringify(cases, null, 2)}\n`);
process.stderr.write(`archives: ${cases.length} cases written\n`);
