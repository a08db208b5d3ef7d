import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import type { Failure } from '../api/failure.ts';
import type { Account, Progress } from '../api/many.ts';
import { useActOnMany } from '../api/many.ts';
import type { Listed } from '../api/queries.ts';

/** The rows that somebody has ticked, on whichever page they stand, and what became of the last act on them. */
export interface Ticks {
  ids: ReadonlySet<string>;
  /** Ticks a row or lets it go; with Shift all from the last one on. The same function for as long as the list stands. */
  toggle: (id: string, isRange: boolean) => void;
  set: (ids: Iterable<string>) => void;
  act: ReturnType<typeof useActOnMany>['run'];
  progress: Progress | undefined;
  account: Account | undefined;
  tell: (account: Account | undefined) => void;
  problem: Failure | undefined;
  setProblem: (failure: Failure | undefined) => void;
}

const Ticked = createContext<Ticks | undefined>(undefined);

/** Inside the acts of a list: what they act on. */
export function useTicked(): Ticks {
  const ticks = useContext(Ticked);
  if (!ticks) throw new Error('acts on ticked rows stand in a list');
  return ticks;
}

export function TicksProvider({ ticks, children }: { ticks: Ticks; children: ReactNode }) {
  return <Ticked.Provider value={ticks}>{children}</Ticked.Provider>;
}

const NONE: ReadonlySet<string> = new Set();

/** Another question has other rows: what was ticked under the one before is let go. */
export function useTicks<Row>(listed: Listed<Row>, keyOf: (row: Row) => string): Ticks {
  const [ticked, setTicked] = useState({ question: listed.question, ids: NONE });
  const [account, tell] = useState<Account>();
  const [problem, setProblem] = useState<Failure>();
  const { run, progress } = useActOnMany();
  const ids = ticked.question === listed.question ? ticked.ids : NONE;
  const latest = useRef({ question: listed.question, ids, shown: listed.rows.map(keyOf), last: '' });
  latest.current = { ...latest.current, question: listed.question, ids, shown: listed.rows.map(keyOf) };
  const still = useMemo(() => {
    const set = (next: Iterable<string>) => {
      const whole = new Set(next);
      latest.current.ids = whole;
      setTicked({ question: latest.current.question, ids: whole });
    };
    const toggle = (id: string, isRange: boolean) => {
      const { ids: before, shown, last } = latest.current;
      const isOn = !before.has(id);
      const next = new Set(before);
      for (const one of isRange ? between(shown, last, id) : [id]) isOn ? next.add(one) : next.delete(one);
      latest.current.last = id;
      set(next);
    };
    return { set, toggle };
  }, []);
  return { ids, ...still, act: run, progress, account, tell, problem, setProblem };
}

/** All from one row to another, whichever stands first. */
function between(shown: readonly string[], one: string, other: string): readonly string[] {
  const [from, to] = [shown.indexOf(one), shown.indexOf(other)].toSorted((a, b) => a - b);
  if (from === undefined || to === undefined || from < 0) return [other];
  return shown.slice(from, to + 1);
}
