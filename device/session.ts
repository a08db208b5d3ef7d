import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { type Draft, finish } from './draft.ts';
import {
  busy,
  nodeOdd,
  noVault,
  vaultBroken,
  vaultClosed,
  vaultForked,
  wayShut,
  wayUnknown,
} from './failures.ts';
import { closedIn, rememberClosed } from './in-the-clear.ts';
import { load, showChecked } from './load.ts';
import { type Shown, write } from './node.ts';
import { numberAt } from './octets.ts';
import type { State } from './state.ts';
import { goesOnFrom } from './statement.ts';
import type { Remembered, Surroundings, Whose } from './surroundings.ts';
import { markOf, openWay, type Root } from './ways.ts';

/** How this device came in: after another root it comes in the same way. */
export interface Entry {
  readonly name: string;
  readonly wayKey: Uint8Array;
  /** What it is called when it does not open. */
  readonly by: string;
}

/** A vault that is open here. What it does goes one after another. */
export interface Session {
  readonly s: Surroundings;
  readonly whose: Whose;
  entry: Entry;
  /** Undefined once it is closed. */
  state: State | undefined;
  queue: Promise<unknown>;
}

const TRIES = 8;
const FIRST_WAIT_MS = 10;

/** One after another, whatever became of the one before. */
export function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const mine = session.queue.then(work, work);
  session.queue = mine.catch(() => undefined);
  return mine;
}

/** Opens the vault as it is now, also after other devices have changed it or its root. */
export async function openState(
  s: Surroundings,
  whose: Whose,
  entry: Entry,
  shown: Shown,
  before?: State,
): Promise<Result<State>> {
  let now = shown;
  for (let tries = 0; tries < TRIES; tries++) {
    if (!now.vault) return noVault();
    const root = await rootOf(whose, entry, now, before);
    if (isFailure(root)) return root;
    const state = await load(s, whose, now, root.value.root, before);
    if (state) return state.ok ? agreed(s, state.value, entry, root.value.open) : state;
    const again = await showChecked(s, whose);
    if (isFailure(again)) return again;
    now = again.value;
  }
  return busy();
}

async function rootOf(
  { home }: Whose,
  entry: Entry,
  shown: Shown,
  before: State | undefined,
): Promise<Result<{ root: Root; open: string | undefined }>> {
  const octets = shown.vault?.statement ?? new Uint8Array(0);
  const isSame = before && octets.length >= 4 && numberAt(octets, 0) === before.root.number;
  if (isSame) return ok({ root: before.root, open: undefined });
  const way = shown.ways.find((it) => it.name === entry.name);
  if (!way) return wayUnknown(entry.by);
  const opened = await openWay(home, entry.name, entry.wayKey, way.octets);
  return opened ? ok(opened) : wayShut(entry.by);
}

async function agreed(
  s: Surroundings,
  state: State,
  entry: Entry,
  open: string | undefined,
): Promise<Result<State>> {
  if (open !== undefined && state.ways.get(entry.name)?.open !== open) {
    return vaultBroken('the way that opens it is not the one your devices know');
  }
  const seen = await s.memory.recall(state.whose.home);
  if (seen && !goesOnFrom(state.statement, seen)) return vaultForked();
  if (seen && !(await isRootAfter(state, seen))) return vaultForked();
  await note(s, state);
  return ok(state);
}

/** Another window has seen another statement under this counter: the node has taken both. */
async function isTaken(s: Surroundings, { whose, statement, digest }: State): Promise<boolean> {
  const seen = await s.memory.recall(whose.home);
  return seen?.counter === statement.counter && seen.digest !== digest;
}

/** Whoever had a way that was taken away knows the others, and could seal a root of their own to them: not one with this mark. */
async function isRootAfter({ whose, root, statement }: State, seen: Remembered): Promise<boolean> {
  if (seen.mark === undefined) return true;
  const said = root.number === seen.root ? await markOf(whose.home, root) : statement.marks[seen.root];
  return root.number < seen.root || said === seen.mark;
}

/** What this device remembers never becomes older: another window may have seen more meanwhile. */
async function note(s: Surroundings, { whose, statement, digest, root }: State): Promise<void> {
  const known = await s.memory.recall(whose.home);
  if (known && known.counter > statement.counter) return;
  const sealed = closedIn(statement);
  // Also where nothing is new but what the party is called.
  await rememberClosed(s, whose.handle, sealed);
  if (known?.counter === statement.counter && known.digest === digest && known.sealed) return;
  const { counter } = statement;
  const mark = await markOf(whose.home, root);
  await s.memory.remember(whose.home, { counter, digest, root: root.number, mark, sealed, isSplit: true });
}

/** Loads anew what others have changed. */
export async function renew(session: Session): Promise<Result<State>> {
  const { s, whose, entry, state } = session;
  if (!state) return vaultClosed();
  const shown = await showChecked(s, whose);
  if (isFailure(shown)) return shown;
  if (!shown.value.vault) return noVault();
  const next = await openState(s, whose, entry, shown.value, state);
  if (isFailure(next)) return next;
  if (!session.state) return vaultClosed();
  session.state = next.value;
  return next;
}

/** What an act writes, by which operation, and what it answers when that has been taken. */
export interface Plan<T> {
  readonly value: T;
  /** Absent where there is nothing to write. */
  readonly draft?: Draft;
  readonly operation?: string;
  readonly more?: object;
}

/**
 * Plans an act over the vault as it is and writes it. When another device was quicker, all is loaded and planned anew. Fails
 * with `vault-busy` when that goes on, and with whatever the plan fails with.
 */
export async function act<T>(
  session: Session,
  plan: (state: State) => Promise<Result<Plan<T>>>,
): Promise<Result<T>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { state } = session;
    if (!state) return vaultClosed();
    const planned = await plan(state);
    if (isFailure(planned)) {
      if (planned.code === 'vault-broken' && (await hasMoved(session, state))) continue;
      return planned;
    }
    const { value, draft, operation = 'write-sealed', more = {} } = planned.value;
    if (!draft) {
      // That there is nothing to do holds of the vault as it is now.
      if (!(await hasMoved(session, state))) return ok(value);
      continue;
    }
    const finished = await finish(session.s, draft);
    const written = await write(session.s, operation, finished.write, more);
    if (written.ok) {
      if (written.value !== finished.write.expects + 1) return nodeOdd(operation);
      if (await isTaken(session.s, finished.next)) return vaultForked();
      if (session.state) session.state = finished.next;
      await note(session.s, finished.next);
      return ok(value);
    }
    if (written.code !== 'vault-changed') return written;
    await giveWay(session.s, FIRST_WAIT_MS * 2 ** tries);
    const renewed = await renew(session);
    if (isFailure(renewed)) return renewed;
  }
  return busy();
}

/** Waits up to so long, so that of two who write without end each comes to its turn. */
export async function giveWay(s: Surroundings, atMost: number): Promise<void> {
  const [share = 0] = s.random(1);
  await s.pause?.((atMost * (share + 1)) / 256);
}

/** Whether what does not fit was changed by another device meanwhile, which is no harm. */
async function hasMoved(session: Session, before: State): Promise<boolean> {
  const renewed = await renew(session);
  return renewed.ok && renewed.value.statement.counter !== before.statement.counter;
}
