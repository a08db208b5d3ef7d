import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;

/** The wall clock of the reader, in steps: relative times need no more. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readClock);
}

function readClock(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}

function subscribe(changed: () => void): () => void {
  const timer = window.setInterval(changed, TICK_MS);
  return () => window.clearInterval(timer);
}

/** Today's civil date where the reader is, as YYYY-MM-DD; `days` later if given. */
export function civilToday(days = 0): string {
  const date = new Date(Date.now() + days * 86_400_000);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** The last instant of a civil date where the reader is. */
export function endOfDay(date: string): number {
  return new Date(`${date}T23:59:59`).getTime();
}
