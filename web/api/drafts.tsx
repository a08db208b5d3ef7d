import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useNavigationType } from 'react-router';

/**
 * Unsaved edits, kept while this tab is open so that Back does not lose them. In memory only: they are
 * personal, and browsers write their own storage to disk. Never used for passphrases.
 */
const Drafts = createContext<Map<string, unknown>>(new Map());

export function DraftKeeper({ children }: { children: ReactNode }) {
  const [drafts] = useState(() => new Map<string, unknown>());
  return <Drafts.Provider value={drafts}>{children}</Drafts.Provider>;
}

/** State under a key that is there again when one comes back to the page, and anew when one goes to it. */
export function useKept<T>(key: string, initial: T): [T, (value: T) => void] {
  const drafts = useContext(Drafts);
  const isBack = useNavigationType() === 'POP';
  const [value, setValue] = useState<T>(() => {
    const kept = drafts.get(key) as T | undefined; // each key is used by one list, with one shape
    return isBack && kept !== undefined ? kept : initial;
  });
  const set = useCallback(
    (next: T) => {
      drafts.set(key, next);
      setValue(next);
    },
    [drafts, key],
  );
  return [value, set];
}

export interface DraftState<T> {
  value: T;
  set: (change: Partial<T>) => void;
  replace: (value: T) => void;
  clear: () => void;
  isDirty: boolean;
}

/** State of a form under a key; `clear` forgets it once it is saved. */
export function useDraft<T extends object>(key: string, initial: T): DraftState<T> {
  const drafts = useContext(Drafts);
  const kept = drafts.get(key) as T | undefined; // each key is used by one form, with one shape
  const [value, setValue] = useState<T>(kept ?? initial);
  const [isDirty, setDirty] = useState(kept !== undefined);
  const latest = useRef(value);
  latest.current = value;

  const replace = useCallback(
    (next: T) => {
      latest.current = next;
      drafts.set(key, next);
      setValue(next);
      setDirty(true);
    },
    [drafts, key],
  );
  const set = useCallback((change: Partial<T>) => replace({ ...latest.current, ...change }), [replace]);
  const clear = useCallback(() => {
    drafts.delete(key);
    setDirty(false);
  }, [drafts, key]);
  useLeaveWarning(isDirty);
  return { value, set, replace, clear, isDirty };
}

/** Leaving the program, not the page, would lose what is kept in memory: the browser asks first. */
function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isDirty]);
}
