import { useSyncExternalStore } from 'react';
import type { Progress, Vault } from '../../device/index.ts';
import { type Failure, failureOf } from '../api/failure.ts';
import type { ItemCategory } from '../api/shapes.ts';
import { taken } from './results.ts';

type To = 'devices' | 'node';

/** A kind of item on its way, or why it stands still. */
export interface Move extends Progress {
  readonly to: To;
  readonly isRunning: boolean;
  readonly failure?: Failure | undefined;
  readonly stop: () => void;
}

/** They go on whichever page is shown. */
let moves: ReadonlyMap<ItemCategory, Move> = new Map();
const watching = new Set<() => void>();

function set(category: ItemCategory, move: Move | undefined): void {
  const next = new Map(moves);
  if (move) next.set(category, move);
  else next.delete(category);
  moves = next;
  for (const watch of watching) watch();
}

function subscribe(watch: () => void): () => void {
  watching.add(watch);
  return () => watching.delete(watch);
}

export function useMoves(): ReadonlyMap<ItemCategory, Move> {
  return useSyncExternalStore(subscribe, () => moves);
}

export function areMoving(): boolean {
  return [...moves.values()].some((move) => move.isRunning);
}

/** By its owner's hand, who also locks it meanwhile. */
const STOPPED: ReadonlySet<string> = new Set(['stopped', 'vault-closed']);

/** Moves every item of a kind. Whenever it was stopped, doing it again goes on. Answers how many were moved. */
export async function moveAll(vault: Vault, category: ItemCategory, to: To): Promise<number | undefined> {
  const abort = new AbortController();
  const at = { to, done: 0, total: 0, stop: () => abort.abort() };
  const progress = (so: Progress) => set(category, { ...at, ...so, isRunning: true });
  progress(at);
  window.addEventListener('beforeunload', warn);
  let [moved, failure]: [number?, Failure?] = [];
  try {
    const going =
      to === 'devices'
        ? vault.sealCategory(category, progress, abort.signal)
        : vault.serveCategory(category, progress, abort.signal);
    ({ moved } = taken(await going));
  } catch (error) {
    const why = failureOf(error);
    if (!STOPPED.has(why.code)) failure = why;
  }
  set(category, failure && { ...at, ...moves.get(category), isRunning: false, failure });
  if (!areMoving()) window.removeEventListener('beforeunload', warn);
  return moved;
}

/** Leaving stops half way: nothing is lost, and the browser asks first. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
