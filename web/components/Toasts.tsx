import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { isTyping } from './keyboard.ts';

interface Notice {
  /** What was done, named: it is also what Undo says it undid. */
  text: string;
  /** Answers undefined when it did not succeed. */
  undo?: () => Promise<unknown>;
}

/** Longer where there is something to undo. */
const STAYS_MS = 6_000;
const UNDO_STAYS_MS = 14_000;
const Say = createContext<(notice: Notice) => void>(() => undefined);

/** Says in passing what was just done; the newest can be undone with its button or Ctrl+Z. */
export function useSay(): (notice: Notice) => void {
  return useContext(Say);
}

export function Toasts({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<(Notice & { id: number })[]>([]);
  const nextId = useRef(1);
  const drop = useCallback((id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const say = useCallback((notice: Notice) => {
    const id = nextId.current++;
    setNotices((all) => [...all.slice(-2), { ...notice, id }]);
  }, []);
  const undo = useCallback(
    async (notice: Notice & { id: number }) => {
      drop(notice.id);
      const undone = await notice.undo?.();
      say({ text: undone === undefined ? t.frame.notUndone(notice.text) : t.frame.undone(notice.text) });
    },
    [drop, say],
  );
  const newest = useMemo(() => notices.findLast((notice) => notice.undo), [notices]);
  useUndoKey(newest ? () => void undo(newest) : undefined);
  return (
    <Say.Provider value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {notices.map((notice) => (
          <Toast
            key={notice.id}
            notice={notice}
            drop={() => drop(notice.id)}
            undo={() => void undo(notice)}
          />
        ))}
      </div>
    </Say.Provider>
  );
}

function Toast(props: { notice: Notice; drop: () => void; undo: () => void }) {
  const [isHeld, hold] = useState(false);
  const { drop } = props;
  const stays = props.notice.undo ? UNDO_STAYS_MS : STAYS_MS;
  useEffect(() => {
    if (isHeld) return;
    const timer = window.setTimeout(drop, stays);
    return () => window.clearTimeout(timer);
  }, [drop, isHeld, stays]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it or focusing in it only holds it
    <div
      className="toast"
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{props.notice.text}</span>
      <span className="acts">
        {props.notice.undo ? (
          <Button kind="line" onPress={props.undo} label={`${t.frame.undo}: ${props.notice.text}`}>
            {t.frame.undo}
          </Button>
        ) : null}
        <Button kind="line" onPress={drop}>
          {t.frame.dismiss}
        </Button>
      </span>
    </div>
  );
}

/** Ctrl+Z outside text fields undoes what the newest notice names; inside them it stays the field's own. */
function useUndoKey(undo: (() => void) | undefined): void {
  useEffect(() => {
    if (!undo) return;
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || isTyping(event.target)) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo]);
}
