import { editRow, findRow, type JsonRow, rowsOf } from '../../src/archive/testing.ts';
import { fromBase64url, fromUtf8, hashId, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { type Damage, forged } from './key-damages.ts';

const GENERATED = { of: 'generated' } as const;
const isFirst = (): boolean => true;
const isOf = (type: string) => (row: JsonRow) => row.type === type;
/** An agreement that both have signed. */
const isOpen = (row: JsonRow): boolean => isOf('agreement')(row) && pairsOf(row).length === 2;

type Lines = string[];
type Edit = (row: JsonRow) => void;

/** The first row that fits is another one; counts and hashes are made to fit. */
const row = (
  section: string,
  fits: (row: JsonRow) => boolean,
  change: Edit,
): Pick<Damage, 'of' | 'lines'> => ({
  ...GENERATED,
  lines: forged((lines) => editRow(lines, section, fits, change)),
});
const made = (change: (lines: Lines) => void): Pick<Damage, 'of' | 'lines'> => ({
  ...GENERATED,
  lines: forged(change),
});

const textOf = (it: JsonRow): string =>
  fromUtf8(fromBase64url(String(it.payload)) ?? new Uint8Array(0)) ?? '';
const pairsOf = (it: JsonRow): string[][] => JSON.parse(String(it.signatures));
const flipped = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;

/** Other octets, with an id that fits them. */
function rewrite(it: JsonRow, payload: string): void {
  it.payload = toBase64url(toUtf8(payload));
  it.id = hashId(toUtf8(payload));
}

/** The agreement of an open relationship says something else; its relationship cites it as it is now. */
function rewriteAgreement(lines: Lines, change: (agreement: JsonObject) => JsonObject): void {
  let [before, after] = ['', ''];
  editRow(lines, 'documents', isOpen, (it) => {
    before = String(it.id);
    const agreement = JSON.parse(textOf(it)) as JsonObject; // the generator wrote it
    rewrite(it, JSON.stringify(change(agreement)));
    after = String(it.id);
  });
  editRow(
    lines,
    'relationships',
    (it) => it.agreement === before,
    (it) => (it.agreement = after),
  );
  sortRows(lines, 'documents');
}

/** In the order of their ids again. */
function sortRows(lines: Lines, section: string): void {
  const places = rowsOf(lines, section);
  const id = (line: string): string => String((JSON.parse(line) as JsonRow).id); // a row that is one line
  const sorted = places.map((i) => lines[i] ?? '').sort((a, b) => (id(a) < id(b) ? -1 : 1));
  for (const [n, i] of places.entries()) lines[i] = sorted[n] ?? '';
}

/** What each of these shows is said nowhere else in the fixtures: rules of docs/reference/archive.md, one at a time. */
export const RULE_DAMAGES: Readonly<Record<string, Damage>> = {
  'letter-of-no-alphabet': {
    what: 'one letter of the stanza is none of base64',
    codes: ['not-age'],
    octets: () => ({ at: 60, octet: 33 }),
  },
  'cut-after-the-header': {
    what: 'everything after the age header',
    codes: ['block-damaged'],
    octets: (o) => ({ keep: o.indexOf('\n', o.indexOf('\n--- ') + 1) + 1 }),
  },
  'party-of-no-id': {
    what: 'the id of the party in the first line',
    codes: ['party-malformed'],
    ...made((l) => (l[0] = (l[0] ?? '').replace(/"id":"[^"]*"/, '"id":"x"'))),
  },
  'header-in-another-order': {
    what: 'the order of two names within the first line',
    codes: ['header-malformed'],
    ...made((l) => (l[0] = (l[0] ?? '').replace(/("handle":"[^"]*"),("id":"[^"]*")/, '$2,$1'))),
  },
  'end-in-another-order': {
    what: 'the order of two names within the last line',
    codes: ['manifest-malformed'],
    ...GENERATED,
    lines: (l) => l.push((l.pop() ?? '').replace(/("lines":\d+),("sha256":"[^"]*")/, '$2,$1')),
  },
  'end-of-another-section': {
    what: 'the last line names a section that the first line does not name',
    codes: ['manifest-malformed'],
    ...GENERATED,
    lines: (l) => l.push((l.pop() ?? '').replaceAll('"items":', '"itemz":')),
  },
  'space-in-the-last-line': {
    what: 'a space in the last line, which is then no last line',
    codes: ['not-canonical', 'manifest-missing'],
    ...GENERATED,
    lines: (l) => l.push((l.pop() ?? '').replace(':', ': ')),
  },
  'space-in-a-section-line': {
    what: 'a space in the line of a section, which then begins none',
    codes: ['not-canonical', 'row-columns', 'count-differs', 'section-missing', 'total-differs'],
    ...GENERATED,
    lines: (l) => (l[(rowsOf(l, 'items')[0] ?? 0) - 1] = '{"section": "items"}'),
  },
  'section-renamed': {
    what: 'the line of a section names one that the first line does not name',
    codes: ['section-unexpected', 'row-stray', 'section-missing', 'total-differs'],
    ...GENERATED,
    lines: (l) => (l[(rowsOf(l, 'items')[0] ?? 0) - 1] = '{"section":"things"}'),
  },
  'no-line-after-the-end': {
    what: 'one line more, which is no JSON',
    codes: ['not-json', 'after-manifest'],
    ...GENERATED,
    lines: (l) => l.push('more'),
  },
  'letters-after-the-end': {
    what: 'a line more that does not end',
    codes: ['line-cut', 'after-manifest'],
    ...GENERATED,
    text: (text) => `${text}more`,
  },
  'cut-in-the-first-line': {
    what: 'everything after a hundred characters',
    codes: ['line-cut'],
    ...GENERATED,
    text: (text) => text.slice(0, 100),
  },
  'secret-cut': {
    what: 'one octet of the secret is missing, with counts and hashes made to fit',
    codes: ['secret-malformed', 'secret-missing'],
    ...row('party_secrets', isFirst, (it) => (it.served = toBase64url(new Uint8Array(31)))),
  },
  'position-missing': {
    what: 'an identity has no position, with counts and hashes made to fit',
    codes: ['identity-foreign'],
    ...row('identities', isFirst, (it) => (it.position = null)),
  },
  'reached-elsewhere': {
    what: 'host and path of the other side, with counts and hashes made to fit',
    codes: ['row-differs'],
    ...row('counterparts', isFirst, (it) => {
      it.host = 'other.example';
      it.inbox = 'other';
    }),
  },
  'relationship-removed': {
    what: 'a relationship that has records and a fork, with counts and hashes made to fit',
    codes: Array(5).fill('relationship-missing'),
    ...made((l) => {
      const fork: JsonRow = JSON.parse(l[rowsOf(l, 'forks')[0] ?? 0] ?? '');
      l.splice(
        findRow(l, 'relationships', (it) => it.id === fork.rel),
        1,
      );
    }),
  },
  'relationship-of-nothing': {
    what: 'a relationship names no agreement, with counts and hashes made to fit',
    codes: ['agreement-missing'],
    ...row(
      'relationships',
      (it) => it.state === 'refused',
      (it) => (it.agreement = null),
    ),
  },
  'document-of-another-type': {
    what: 'the type beside an agreement, with counts and hashes made to fit',
    codes: ['document-malformed', 'agreement-missing'],
    ...row('documents', isOpen, (it) => (it.type = 'letter')),
  },
  'document-without-octets': {
    what: 'an agreement is empty, with counts and hashes made to fit',
    codes: ['document-malformed', 'agreement-missing'],
    ...row('documents', isOpen, (it) => (it.payload = null)),
  },
  'document-of-no-json': {
    what: 'the last octet of an agreement is missing, with counts and hashes made to fit',
    codes: ['id-differs', 'document-malformed', 'agreement-missing'],
    ...row('documents', isOpen, (it) => (it.payload = toBase64url(toUtf8(textOf(it).slice(0, -1))))),
  },
  'refusal-of-nothing': {
    what: 'a refusal names no agreement, with ids, counts and hashes made to fit',
    codes: ['document-malformed'],
    ...made((l) => {
      editRow(l, 'documents', isOf('refusal'), (it) => rewrite(it, '{"type":"refusal","v":1}'));
      sortRows(l, 'documents');
    }),
  },
  'seller-without-a-key': {
    what: 'the key of the seller is none, with ids, counts and hashes made to fit',
    codes: ['signature-broken'],
    ...made((l) => rewriteAgreement(l, (it) => ({ ...it, seller: { key: 'no key' } }))),
  },
  'signature-of-nobody': {
    what: 'the second signature of an agreement names a key of nobody, with counts and hashes made to fit',
    codes: ['signature-broken'],
    ...row('documents', isOpen, (it) => {
      const [first, [, second = ''] = []] = pairsOf(it);
      const header = '{"alg":"Ed25519","kid":"nobody","typ":"parley-document"}';
      it.signatures = JSON.stringify([first, [toBase64url(toUtf8(header)), second]]);
    }),
  },
  'one-signature-and-broken': {
    what: 'one signature of an agreement, and the other does not hold, with counts and hashes made to fit',
    codes: ['agreement-unsigned'],
    ...row('documents', isOpen, (it) => {
      const [[header = '', first = ''] = []] = pairsOf(it);
      it.signatures = JSON.stringify([[header, flipped(first)]]);
    }),
  },
  'ticket-by-another-rule': {
    what: 'the algorithm in the signature of a ticket whose key is not known, with counts and hashes made to fit',
    codes: ['signature-broken'],
    ...row('tickets', isFirst, (it) => {
      const wire = JSON.parse(String(it.document)) as { signatures: { protected: string }[] }; // the generator wrote it
      const [signature] = wire.signatures;
      const header = fromUtf8(fromBase64url(signature?.protected ?? '') ?? new Uint8Array(0)) ?? '';
      const other = toBase64url(toUtf8(header.replace('Ed25519', 'EdDSA')));
      it.document = JSON.stringify({ ...wire, signatures: [{ ...signature, protected: other }] });
    }),
  },
  'one-of-two-documents': {
    what: 'a row holds a second document, which is none, with counts and hashes made to fit',
    codes: ['document-malformed'],
    ...row('tickets', isFirst, (it) => (it.document = `{"one":${it.document},"two":{}}`)),
  },
  'fork-without-octets': {
    what: 'a fork that another one follows is empty, with counts and hashes made to fit',
    codes: ['record-malformed', 'fork-unproven'],
    ...made((l) => editRow(l, 'forks', isFollowed(l), (it) => (it.payload = null))),
  },
  'fork-of-another-id': {
    what: 'the id of a fork that another one follows, with counts and hashes made to fit',
    codes: ['id-differs'],
    ...made((l) => {
      editRow(l, 'forks', isFollowed(l), (it) => (it.id = flipped(String(it.id))));
      sortRows(l, 'forks');
    }),
  },
  'record-removed-and-no-end': {
    what: 'a record of the first relationship that the other side has seen, and the last line',
    codes: ['chain-gap', 'seen-unknown', 'manifest-missing'],
    ...GENERATED,
    lines: (l) => {
      const [first = ''] = rowsOf(l, 'records').map((i) => String((JSON.parse(l[i] ?? '') as JsonRow).rel)); // as above
      const all = rowsOf(l, 'records').map((i): JsonRow => JSON.parse(l[i] ?? ''));
      const seen = all.filter((it) => it.rel === first).map((it) => JSON.parse(textOf(it)).seen);
      const isSeen = (it: JsonRow): boolean => it.rel === first && seen.includes(it.id);
      l.splice(findRow(l, 'records', isSeen), 1);
      l.pop();
    },
  },
};

/** The fork that begins a branch. */
function isFollowed(lines: Lines): (row: JsonRow) => boolean {
  const forks = rowsOf(lines, 'forks').map((i): JsonRow => JSON.parse(lines[i] ?? ''));
  const follow = forks.map((it) => JSON.parse(textOf(it)).prev);
  return (it) => follow.includes(it.id);
}
