import { editRow, type JsonRow, rowsOf } from '../../src/archive/testing.ts';
import { type Damage, forged } from './key-damages.ts';

type Lines = string[];

const made = (change: (lines: Lines) => void): Pick<Damage, 'of' | 'lines'> => ({
  of: 'generated',
  lines: forged(change),
});

const recordsIn = (lines: Lines): JsonRow[] =>
  rowsOf(lines, 'records').map((i): JsonRow => JSON.parse(lines[i] ?? ''));

const isThat = (record: JsonRow | undefined) => (it: JsonRow) => it.id === record?.id;

/** The record that this one names as the last that its author had seen. */
const seenBy = (record: JsonRow): unknown =>
  JSON.parse(Buffer.from(String(record.payload), 'base64url').toString()).seen;

/** Both in one relationship, by two, and the other one is the first of its author: so nothing else stands wrong then. */
function isBeforeByAnother(one: JsonRow, other: JsonRow): boolean {
  const isFirst = other.seq === 1;
  return (
    isFirst &&
    one.rel === other.rel &&
    one.author !== other.author &&
    String(one.author) < String(other.author)
  );
}

/** What a verifier has to say of the rows of records and of relationships, beside what was signed. */
export const RECORD_DAMAGES: Readonly<Record<string, Damage>> = {
  'last-record-hidden': {
    what: 'the last record of the other side that the party has seen, and what follows it, with counts and hashes made to fit',
    codes: ['seen-unknown'],
    lines: forged((l) => {
      const seen = recordsIn(l).map(seenBy);
      const theirs = rowsOf(l, 'records').filter((i) => JSON.parse(l[i] ?? '').is_mine === false);
      const from = theirs.findLastIndex((i) => seen.includes(JSON.parse(l[i] ?? '').id));
      l.splice(theirs[from] ?? 0, theirs.length - from);
    }),
  },
  'place-twice': {
    what: 'a record has the place of one of the other side, with counts and hashes made to fit',
    codes: ['place-unsound'],
    ...made((l) => {
      const records = recordsIn(l);
      const later = records.find((it) => records.some((one) => isBeforeByAnother(one, it)));
      const earlier = records.find((one) => later && isBeforeByAnother(one, later));
      editRow(l, 'records', isThat(later), (it) => (it.place = earlier?.place ?? null));
    }),
  },
  'places-exchanged': {
    what: 'two records of one author have each other’s place, with counts and hashes made to fit',
    codes: ['place-unsound'],
    ...made((l) => {
      const second = recordsIn(l).find((it) => it.seq === 2);
      const first = recordsIn(l).find((it) => it.author === second?.author && it.seq === 1);
      editRow(l, 'records', isThat(first), (it) => (it.place = second?.place ?? null));
      editRow(l, 'records', isThat(second), (it) => (it.place = first?.place ?? null));
    }),
  },
  'place-of-none-after': {
    what: 'the last record has a place after which there is no whole number, with counts and hashes made to fit',
    codes: ['place-unsound'],
    ...made((l) =>
      editRow(l, 'records', isThat(recordsIn(l).at(-1)), (it) => (it.place = Number.MAX_SAFE_INTEGER)),
    ),
  },
  'place-missing': {
    what: 'a record has no place, with counts and hashes made to fit',
    codes: ['place-unsound'],
    ...made((l) => editRow(l, 'records', isThat(recordsIn(l)[0]), (it) => (it.place = null))),
  },
  'relationship-of-one-side': {
    what: 'a relationship names only the other side, with counts and hashes made to fit',
    codes: Array(4).fill('author-foreign'),
    ...made((l) => {
      const first = recordsIn(l).find((it) => it.is_mine === true);
      const isIts = (it: JsonRow): boolean => it.id === first?.rel;
      editRow(l, 'relationships', isIts, (it) => (it.mine = null));
    }),
  },
};
