import { useSyncExternalStore } from 'react';
import { actingHandle } from '../api/acting.ts';
import { type Failure, failureOf } from '../api/failure.ts';

/** What goes up or down, beside the pages: it goes on while somebody looks at another one. */

type State = 'waiting' | 'running' | 'paused' | 'failed' | 'done';

export interface Transfer {
  readonly key: number;
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
interface Work {
  /** Does what is left, a part at a time. */
  run(steps: Steps): Promise<void>;
  /** Lets go of what was begun. */
  drop(id: string | undefined): Promise<void>;
}

export interface Steps {
  /** The file, and how far it is. */
  at(place: { id: string; done: number; parts: number }): void;
  isStopping(): boolean;
}

interface Kept {
  readonly work: Work;
  readonly handle: string | undefined;
  readonly settled: () => void;
  isStopping: boolean;
}

let transfers: readonly Transfer[] = [];
const kept = new Map<number, Kept>();
const listeners = new Set<() => void>();
let nextKey = 1;
let isBusy = false;

function put(next: readonly Transfer[]): void {
  transfers = next;
  for (const listener of listeners) listener();
}

function change(key: number, to: Partial<Transfer>): void {
  put(transfers.map((it) => (it.key === key ? { ...it, ...to } : it)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTransfers(): readonly Transfer[] {
  return useSyncExternalStore(subscribe, () => transfers);
}

/** Adds one to the end of the queue; `settled` is called when it is done. */
export function addTransfer(
  it: Pick<Transfer, 'way' | 'name' | 'octets' | 'isSealed'>,
  work: Work,
  settled: () => void,
): void {
  const key = nextKey++;
  kept.set(key, { work, handle: actingHandle(), settled, isStopping: false });
  const fresh = { done: 0, parts: 0, state: 'waiting', failure: undefined, id: undefined } as const;
  put([...transfers, { key, ...it, ...fresh }]);
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
  if (it) it.isStopping = false;
  change(key, { state: 'waiting', failure: undefined });
  void next();
}

/** Takes it off the list; what was begun and is not whole goes with it. */
export async function cancelTransfer(key: number): Promise<void> {
  const it = kept.get(key);
  const one = transfers.find((transfer) => transfer.key === key);
  if (!it || !one) return;
  it.isStopping = true;
  kept.delete(key);
  put(transfers.filter((transfer) => transfer.key !== key));
  if (one.state !== 'done') await it.work.drop(one.id);
}

export function areTransferring(): boolean {
  return transfers.some((it) => it.state === 'running');
}

/** Once they are locked no name of them stays on the page. What was begun goes on when the same file is chosen again. */
export function forgetSealed(): void {
  for (const { key } of transfers.filter((it) => it.isSealed)) {
    const it = kept.get(key);
    if (it) it.isStopping = true;
    kept.delete(key);
  }
  put(transfers.filter((it) => !it.isSealed));
}

/** One at a time: a line that is shared is not quicker. */
async function next(): Promise<void> {
  if (isBusy) return;
  const one = transfers.find((transfer) => transfer.state === 'waiting');
  const it = one && kept.get(one.key);
  if (!one || !it) return;
  isBusy = true;
  change(one.key, { state: 'running' });
  try {
    await it.work.run({
      at: ({ id, done, parts }) => change(one.key, { id, done, parts }),
      // Who acts in this tab has changed: it would go to somebody else.
      isStopping: () => it.isStopping || it.handle !== actingHandle(),
    });
    const isOver = !it.isStopping && it.handle === actingHandle();
    change(one.key, { state: isOver ? 'done' : 'paused' });
    if (isOver) it.settled();
  } catch (error) {
    change(one.key, { state: 'failed', failure: failureOf(error) });
  } finally {
    isBusy = false;
  }
  void next();
}
