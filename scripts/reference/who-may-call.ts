import { OPERATIONS } from '../../src/operations.ts';
import { type Caller, type Row, type Verdict, verdictOf } from '../../test/matrix/kinds.ts';
import { MATRIX } from '../../test/matrix/table.ts';

const COLUMNS: readonly (readonly [title: string, caller: Caller])[] = [
  ['nobody', 'nobody'],
  ['its owner', 'maya'],
  ['somebody else', 'other'],
  ['the other side', 'active-vendor'],
  ['who runs the node', 'operator-browser'],
  ['command line', 'machine'],
];

/** Who may call each operation, from the table that test/matrix holds the node to. */
export function whoMayCallPage(): string {
  const rooms = [...Map.groupBy(OPERATIONS, (operation) => operation.room)];
  const head = ['operation', ...COLUMNS.map(([title]) => title), 'a program’s token'];
  const lines = rooms.map(([room, list]) =>
    [
      `## ${room}\n`,
      lineOf(head),
      lineOf(head.map(() => '---')),
      ...list.map(({ name }) => lineOf([`\`${name}\``, ...cellsOf(MATRIX[name])])),
    ].join('\n'),
  );
  return `# Who may call what

What is not allowed here is refused: \`test/matrix\` calls every operation as every kind of caller, on both databases,
and fails when an operation has no row.

- **nobody** has neither a cookie nor a token that holds: one that has run out, was revoked, or stands in the other's
  place counts as none.
- **its owner** is the one whose thing is named: a relationship, an item, a want. *Yes* also stands where nothing is named.
  Of \`claim-node\`, \`sign-in\` and \`recover-party\` it is whoever has the printed token, the passphrase or the code.
- **somebody else** of the node is a person, a vendor without an agreement, or one whose agreement is another. *Own* means
  that they act on what is their own and learn nothing of anybody's. A code is the answer, the same as for an id that
  nobody has. Whoever says they are somebody they are not signed in as gets \`not-signed-in-as\`.
- **the other side** of the relationship that is named acts on its own side of it. What it was given is gone from there once
  the grant has expired or was stopped.
- **who runs the node** has no right to what is others' through a browser.
- **command line** is the one at the machine. It acts as the node, or with \`--as\` as anybody on it, with all that they
  may.
- **a program’s token** does what its owner may, if it has the scope; *no* means that none will do
  (\`person-needed\`). A sealed file is none to it: lists leave it out, and whatever names one answers \`file-sealed\`.

${lines.join('\n\n')}
`;
}

function cellsOf(row: Row | undefined): string[] {
  if (!row) return [...COLUMNS.map(() => 'no'), 'no'];
  const token = row.scope === 'person' ? 'no' : row.scope;
  // No token is the operator's.
  const scope = row.who === 'operator' || row.runsNode ? 'no' : token;
  return [...COLUMNS.map(([, caller]) => inWords(verdictOf(row, caller), row)), scope];
}

function inWords(verdict: Verdict, row: Row): string {
  if (verdict.kind === 'refused') return `\`${verdict.code}\``;
  if (verdict.kind === 'not-yours') return answerInWords(verdict.answer);
  if (verdict.kind === 'side') return 'own side';
  return verdict.kind === 'maya' || row.who === 'anyone' || row.who === 'somebody' ? 'yes' : 'own';
}

function answerInWords(answer: string): string {
  if (answer === 'none') return 'an empty list';
  return `\`${answer.replace(/^not /, '')}\`${answer.startsWith('not ') ? ' for each' : ''}`;
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
