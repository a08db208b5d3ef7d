import { countAgain, editRow, findRow, type JsonRow, type OctetsChange } from '../../src/archive/testing.ts';
import { fromUtf8, toBase64url } from '../../src/kernel/bytes.ts';
import { must } from '../../src/kernel/result.ts';
import type { DocumentPayload } from '../../src/records/document.ts';
import { fromWire, signDocument, toWire } from '../../src/records/index.ts';
import { STRANGER } from '../messages/key-book.ts';

type Change = (lines: string[]) => void;

/** What a damaged copy is made by, and the codes that it has to be refused with, in any order. */
export interface Damage {
  readonly what: string;
  readonly codes: readonly string[];
  /** The whole archive that it is made from; small.parley when left out. */
  readonly of?: 'keys' | 'generated';
  /** Changes to the lines of that, which are then encrypted again. */
  readonly lines?: Change;
  readonly text?: (text: string) => string;
  /** A change to the octets of whole.parley, in words that any program can follow. */
  readonly octets?: (octets: Buffer) => OctetsChange;
  readonly passphrase?: string;
}

export const forged =
  (change: Change): Change =>
  (lines) => {
    change(lines);
    countAgain(lines);
  };

const isMine = (number: number) => (row: JsonRow) => row.is_mine === true && row.number === number;
const isTheirs = (row: JsonRow): boolean => row.is_mine === false;

/** Removes the first change that fits, with counts and hashes made to fit. */
const without = (fits: (row: JsonRow) => boolean): Change =>
  forged((lines) => lines.splice(findRow(lines, 'identity_changes', fits), 1));

/** The document of the first change that fits, signed anew by somebody with these members. */
const rewritten = (fits: (row: JsonRow) => boolean, change: object): Change =>
  forged((lines) =>
    editRow(lines, 'identity_changes', fits, (row) => {
      const document = must(fromWire(JSON.parse(String(row.document))));
      const before = JSON.parse(fromUtf8(document.payload) ?? '') as DocumentPayload; // the town signed it
      const signer = toBase64url(STRANGER.publicKey);
      const payload: DocumentPayload = { ...before, signer, ...change };
      row.document = JSON.stringify(toWire(signDocument(payload, STRANGER)));
    }),
  );

export const KEY_DAMAGES: Readonly<Record<string, Damage>> = {
  'key-change-removed': {
    what: 'the last change of an identity of the party, with counts and hashes made to fit',
    codes: ['identity-foreign', 'row-differs'],
    of: 'keys',
    lines: without(isMine(2)),
  },
  'key-change-before-removed': {
    what: 'the first change of an identity of the party, with counts and hashes made to fit',
    codes: ['agreement-foreign', 'key-log-broken'],
    of: 'keys',
    lines: without(isMine(1)),
  },
  'key-change-of-theirs-removed': {
    what: 'the change of the other side, with counts and hashes made to fit',
    codes: ['row-differs', 'signature-broken'],
    of: 'keys',
    lines: without(isTheirs),
  },
  'key-change-by-a-stranger': {
    what: 'the change of the other side, signed by somebody else, with counts and hashes made to fit',
    codes: [...Array(6).fill('author-unknown'), 'key-log-broken'],
    of: 'keys',
    lines: rewritten(isTheirs, {}),
  },
  'key-change-misnamed': {
    what: 'the number in the row of a change, with counts and hashes made to fit',
    codes: ['row-differs'],
    of: 'keys',
    lines: forged((lines) => editRow(lines, 'identity_changes', isTheirs, (row) => (row.number = 2))),
  },
  'key-change-altered': {
    what: 'a letter of a change, with counts and hashes made to fit',
    codes: ['row-differs', 'signature-broken', 'signature-broken'],
    of: 'keys',
    lines: forged((lines) =>
      editRow(lines, 'identity_changes', isTheirs, (row) => {
        const wire = JSON.parse(String(row.document)) as { payload: string }; // the town wrote it
        const text = Buffer.from(wire.payload, 'base64url')
          .toString()
          .replace(/"prev":"(.)/, (_, letter) => `"prev":"${letter === 'A' ? 'B' : 'A'}`);
        row.document = JSON.stringify({ ...wire, payload: Buffer.from(text).toString('base64url') });
      }),
    ),
  },
};
