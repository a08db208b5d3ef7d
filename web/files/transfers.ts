import { useSyncExternalStore } from 'react';
import { actingHandle, whenActingTurns } from '../api/acting.ts';
import { type Failure, failureOf } from '../api/failure.ts';
import { goBeside } from './beside.ts';

/** What goes up or down, beside the pages: it goes on while somebody looks at another one. */

type State = 'waiting' | 'running' | 'paused' | 'failed' | 'cancelling' | 'done';

export interface Transfer {
  readonly key: number;
  /** Whose it is: it runs, and is shown, while this tab acts as them. */
  readonly handle: string | undefined;
  readonly way: 'up' | 'down';
  readonly name: string;
  readonly octets: number;
  /** Only devices know what it is called. */
  readonly isSealed: boolean;
  /** Parts that are over, of how many; 0 of 0 before that is known. */
  readonly done: number;
  readonly parts: number;
  readonly state: State;
  readonly failure: Failure | undefined;
  /** Of the file, once the node has named it. */
  readonly id: string | undefined;
}

/** What one transfer does from where it stands; it looks in between whether it should stop. */
export interface Work {
  /** Does what is left, a part at a time. Answers whether all of it is done. */
  run(steps: Steps): Promise<boolean>;
  /** Lets go of what was begun. */
  drop(): Promise<void>;
}

export interface Steps {
  /** The file, and how far it is. */
  at(place: { id: string; done: number; parts: number }): void;
  isStopping(): boolean;
}

interface Kept {
  readonly work: Work;
  /** Whatever lists it stands in is asked for anew. */
  readonly settled: () => void;
  isStopping: boolean;
  isCancelled: boolean;
}

let transfers: readonly Transfer[] = [];
const kept = new Map<number, Kept>();
const listeners = new Set<() => void>();
let nextKey = 1;
let isBusy = false;

function put(next: readonly Transfer[]): void {
  transfers = next;
  for (const listener of listeners) listener();
  if (next.some(isUnderWay)) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
}

const isUnderWay = ({ state }: Transfer): boolean => state === 'running' || state === 'waiting';

/** Leaving stops it half way: nothing is lost, and the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function change(key: number, to: Partial<Transfer>): void {
  put(transfers.map((it) => (it.key === key ? { ...it, ...to } : it)));
}

function forget(isGone: (it: Transfer) => boolean): void {
  for (const { key } of transfers.filter(isGone)) {
    const it = kept.get(key);
    if (it) it.isStopping = true;
    kept.delete(key);
  }
  put(transfers.filter((it) => !isGone(it)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same list as long as nothing changes. */
let seen = { all: transfers, handle: actingHandle(), mine: transfers };

/** Those of whoever acts in this tab. */
function mine(): readonly Transfer[] {
  const handle = actingHandle();
  if (seen.all !== transfers || seen.handle !== handle)
    seen = { all: transfers, handle, mine: transfers.filter((it) => it.handle === handle) };
  return seen.mine;
}

export function useTransfers(): readonly Transfer[] {
  return useSyncExternalStore(subscribe, mine, mine);
}

/** Adds one to the end of the queue; `settled` is called when it is done, or let go of. */
export function addTransfer(
  it: Pick<Transfer, 'way' | 'name' | 'octets' | 'isSealed'>,
  work: Work,
  settled: () => void,
): void {
  const key = nextKey++;
  kept.set(key, { work, settled, isStopping: false, isCancelled: false });
  const fresh = { done: 0, parts: 0, state: 'waiting', failure: undefined, id: undefined } as const;
  put([...transfers, { key, handle: actingHandle(), ...it, ...fresh }]);
  void next();
}

export function pauseTransfer(key: number): void {
  const it = kept.get(key);
  if (it) it.isStopping = true;
  const isWaiting = transfers.some((one) => one.key === key && one.state === 'waiting');
  if (isWaiting) change(key, { state: 'paused' });
}

export function goOnWith(key: number): void {
  const it = kept.get(key);
  if (!it) return;
  it.isStopping = false;
  change(key, { state: 'waiting', failure: undefined });
  void next();
}

/** Takes it off the list; what was begun and is not whole goes with it, once what is on its way has ended. */
export async function cancelTransfer(key: number): Promise<void> {
  const it = kept.get(key);
  const one = transfers.find((transfer) => transfer.key === key);
  if (!it || !one || one.state === 'done') return forget((transfer) => transfer.key === key);
  it.isStopping = true;
  it.isCancelled = true;
  if (one.state === 'running') change(key, { state: 'cancelling' });
  else await letGo(one, it);
}

async function letGo({ key, handle }: Transfer, it: Kept): Promise<void> {
  it.isCancelled = false;
  // Of somebody else, as this tab acts now: it stands there when they are back.
  if (handle !== actingHandle()) return change(key, { state: 'paused' });
  change(key, { state: 'cancelling', failure: undefined });
  const failure = await it.work.drop().then(() => undefined, failureOf);
  // Whole, and only the answer was lost: there is nothing to let go of.
  if (failure?.code === 'file-present') change(key, { state: 'done' });
  else if (failure && failure.code !== 'file-unknown') return change(key, { state: 'failed', failure });
  else forget((transfer) => transfer.key === key);
  it.settled();
}

/** One at a time: a line that is shared is not quicker. */
async function next(): Promise<void> {
  if (isBusy) return;
  const one = mine().find((transfer) => transfer.state === 'waiting');
  const it = one && kept.get(one.key);
  if (!one || !it) return;
  isBusy = true;
  change(one.key, { state: 'running' });
  const steps = {
    at: (place: Parameters<Steps['at']>[0]) => change(one.key, place),
    // Who acts in this tab has changed: it would go to somebody else.
    isStopping: () => it.isStopping || one.handle !== actingHandle(),
  };
  const ended = await it.work.run(steps).catch(failureOf);
  isBusy = false;
  if (ended === true) {
    change(one.key, { state: 'done' });
    it.settled();
  } else if (it.isCancelled) void letGo(one, it);
  else change(one.key, ended === false ? { state: 'paused' } : { state: 'failed', failure: ended });
  void next();
}

goBeside({
  areRunning: () => transfers.some((it) => it.state === 'running'),
  // What was begun goes on when the same file is chosen again.
  forgetSealed: () => forget((it) => it.isSealed),
});

/** Whoever comes back finds theirs; with nobody signed in no name of anything stays here. */
whenActingTurns(() => {
  if (actingHandle() === undefined) forget(() => true);
  void next();
});
