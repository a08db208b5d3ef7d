import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { statusOf } from '../../src/doors/http/problem.ts';
import { NODE_HOME } from '../../src/parties/index.ts';
import { rowsOf } from '../story/holdings.ts';
import { ASKS } from './asks.ts';
import { SEALED_FILE_ASKS } from './asks-files.ts';
import type { Ask } from './asks-kinds.ts';
import type { Answer, Call } from './doors.ts';
import { type Ids, idsIn, idsTold } from './ids.ts';
import { CALLERS, type Caller, type Verdict, verdictOf } from './kinds.ts';
import { MARKS, type Story } from './story.ts';
import { MATRIX } from './table.ts';

/** The codes of those who have no right to what they asked. */
const REFUSALS: readonly string[] = [
  ...['sign-in-needed', 'operator-only', 'scope-missing', 'person-needed', 'not-signed-in-as'],
  'sign-in-refused',
];

/** Of those who may, these are tried where a call is costly. */
const FEW: readonly Caller[] = ['nobody', 'other', 'machine', 'maya', 'writes-token'];

interface Case {
  readonly name: string;
  readonly ask: Ask;
  readonly caller: Caller;
  readonly verdict: Verdict;
  readonly ids: Ids;
}

/** Calls these operations as every kind of caller: first who must not touch what is Maya's, then who may. */
export async function holdsFor(story: Story, call: Call, names: readonly string[]): Promise<void> {
  const asks = new Map<string, Ask | undefined>();
  for (const name of names) asks.set(name, await ASKS[name]?.(story));
  await story.node.idle();
  const ids = await idsIn(story);
  const cases: Case[] = [];
  for (const [name, ask] of asks) {
    const row = MATRIX[name];
    assert(ask && row, `${name} has no row in test/matrix/table.ts or test/matrix/asks.ts`);
    // The keys of a constant.
    for (const caller of Object.keys(CALLERS) as Caller[]) {
      const verdict = verdictOf(row, caller);
      const isFew = FEW.includes(caller) || (row.who === 'operator' && caller === 'operator-browser');
      if (verdict.kind === 'refused' || !ask.isCostly || isFew)
        cases.push({ name, ask, caller, verdict, ids });
    }
  }
  const isHandsOff = (it: Case): boolean => it.verdict.kind !== 'side' && it.verdict.kind !== 'maya';
  const before = await pictureOf(story);
  for (const it of cases.filter(isHandsOff)) await keepsOut(call, it);
  await story.node.idle();
  assert.deepEqual(await pictureOf(story), before, 'somebody changed what is Maya’s');
  const done = new Set<string>();
  for (const it of cases.filter((one) => one.verdict.kind === 'maya')) {
    await letsIn(story, call, it, !done.has(it.name));
    done.add(it.name);
    await story.node.idle();
  }
  for (const it of cases.filter((one) => one.verdict.kind === 'side')) await letsSide(story, call, it);
}

async function ask(call: Call, { name, ask: { file, before, ...asked }, caller, verdict, ids }: Case) {
  await before?.();
  const isHers = verdict.kind === 'maya' && CALLERS[caller].is === 'maya';
  const input = isHers ? asked.input : ((verdict.kind === 'side' ? asked.side : asked.others) ?? asked.input);
  const answer = await call(caller, name, input, file);
  const where = `${name} as ${caller} (${CALLERS[caller].says})`;
  if (answer.code !== '') assert.equal(answer.status, statusOf(answer.code), where);
  assert.notEqual(answer.code, 'input-invalid', `${where}: ${answer.text}`);
  if (CALLERS[caller].is === 'maya') return { answer, where };
  leaksNothing(answer, caller, where);
  const told = idsTold(answer.text, JSON.stringify(input), ids.vendors[caller], ids);
  assert.deepEqual(told, [], `${where} was told of things of Maya’s: ${answer.text}`);
  return { answer, where };
}

/** Whoever it is, no word of Maya's stands in the answer but what that very vendor was given. */
function leaksNothing(answer: Answer, caller: Caller, where: string): void {
  for (const [whose, mark] of Object.entries(MARKS)) {
    if (whose === 'shared' && caller === 'active-vendor') continue;
    assert.ok(!answer.text.includes(mark), `${where} was told what is Maya’s (${whose}): ${answer.text}`);
  }
}

async function keepsOut(call: Call, it: Case): Promise<void> {
  const { answer, where } = await ask(call, it);
  const { verdict } = it;
  if (verdict.kind === 'refused') assert.equal(answer.code, verdict.code, where);
  else if (verdict.kind === 'not-yours') isNotYours(answer, verdict.answer, where);
  else assert.ok(!REFUSALS.includes(answer.code), `${where}: ${answer.code}`);
}

interface Body {
  readonly rows?: readonly unknown[];
  /** Where a list is not one of pages. */
  readonly items?: readonly unknown[];
  readonly done?: readonly unknown[];
  readonly not?: readonly { readonly code: string }[];
}

/** The answer that an id gets which nobody has. */
function isNotYours(answer: Answer, expected: string, where: string): void {
  const isList = expected === 'none' || expected.startsWith('not ');
  assert.equal(answer.code, isList ? '' : expected, where);
  if (!isList) return;
  const { items, rows = items, done, not }: Body = JSON.parse(answer.text);
  if (expected === 'none') assert.deepEqual(rows, [], where);
  else assert.deepEqual([done, not?.map(({ code }) => `not ${code}`)], [[], [expected]], where);
}

/** Whatever it may do beside, no program reaches what only devices of its owner open. */
export async function keepsPrograms(story: Story, call: Call): Promise<void> {
  const rows = Object.entries(MATRIX).filter(([, row]) => row.sealed !== undefined);
  assert.deepEqual(rows.map(([name]) => name).sort(), Object.keys(SEALED_FILE_ASKS).sort());
  const asks = new Map<string, Ask | undefined>();
  for (const [name] of rows) asks.set(name, await SEALED_FILE_ASKS[name]?.(story));
  const before = await pictureOf(story);
  for (const [name, { scope, sealed = '' }] of rows) {
    const asked = asks.get(name);
    assert(asked && scope !== 'person');
    const answer = await call(`${scope}-token`, name, asked.input, asked.file);
    isNotYours(answer, sealed, `${name} of what is sealed, by a program`);
  }
  assert.deepEqual(await pictureOf(story), before, 'a program changed what is sealed');
  const hers = await call('maya', 'list-files', { mode: 'sealed' });
  assert.notDeepEqual(JSON.parse(hers.text).rows, [], 'there is something that a program does not see');
}

/** The other side acts on its own side, on things that Maya has not touched yet. */
async function letsSide(story: Story, call: Call, it: Case): Promise<void> {
  const anew = await ASKS[it.name]?.(story);
  assert(anew);
  await story.node.idle();
  const { answer, where } = await ask(call, { ...it, ask: anew });
  // Where it ends for Maya, and nothing of its own is named for the other side, it ends there too.
  const ends = anew.side === undefined ? (anew.ends ?? '') : '';
  assert.equal(answer.code, ends, `${where}: ${answer.text}`);
}

/** The first of hers does it; the others find a new thing, or the same as it was left. */
async function letsIn(story: Story, call: Call, it: Case, isFirst: boolean): Promise<void> {
  const anew = isFirst || it.ask.isSlow ? it.ask : await ASKS[it.name]?.(story);
  assert(anew);
  await story.node.idle();
  const { answer, where } = await ask(call, { ...it, ask: anew });
  if (isFirst || !anew.isSlow) assert.equal(answer.code, anew.ends ?? '', `${where}: ${answer.text}`);
  else assert.ok(![...REFUSALS, MATRIX[it.name]?.others].includes(answer.code), `${where}: ${answer.code}`);
  if (MATRIX[it.name]?.others !== 'none') return;
  const { items, rows = items }: Body = JSON.parse(answer.text);
  assert.notDeepEqual(rows, [], `${where}: there is something that others do not see`);
}

/** What there is of Maya's, by table, and what the node keeps of her: who she is called, who is signed in as her. */
async function pictureOf({ node, homes }: Story): Promise<Record<string, string>> {
  const atNode = (await rowsOf(node, NODE_HOME)).filter(({ columns }) => columns.party === homes.maya);
  assert(atNode.some((row) => row.table === 'sessions') && atNode.some((row) => row.table === 'handles'));
  const tables = Map.groupBy([...(await rowsOf(node, homes.maya)), ...atNode], (row) => row.table);
  const hashOf = (rows: unknown): string => createHash('sha256').update(serialize(rows)).digest('hex');
  return Object.fromEntries([...tables].map(([table, rows]) => [table, `${rows.length} ${hashOf(rows)}`]));
}
