import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** True while keys belong to a text field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  );
}

const SWITCH = 'parley-keys';

export function areKeysOn(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

export function switchKeys(isOn: boolean): void {
  try {
    localStorage.setItem(SWITCH, isOn ? 'on' : 'off');
  } catch {
    // Storage is blocked: the keys stay as they are.
  }
}

/** Single keys of the whole program: rows, search, a new want, and the list of keys. */
export function useKeys(showKeys: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areKeysOn()) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      if (event.key === '?') showKeys();
      else if (event.key === 'j') moveRow(1);
      else if (event.key === 'k') moveRow(-1);
      else if (event.key.toLowerCase() === 'x') tickRow(event.shiftKey);
      else if (event.key === 'n') navigate('/wants/new');
      else if (event.key === '/') document.querySelector<HTMLElement>('main [data-search]')?.focus();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate, showKeys]);
}

/** Rows are the links or buttons marked with data-row, or in a row of a table that has none, what ticks it. */
const ROWS = 'main [data-row], main tr:not(:has([data-row])) [data-tick]';

/** Ticks the row of a table that holds the focus, or lets it go; with Shift all from the last one on. */
function tickRow(isRange: boolean): void {
  const box = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-tick]');
  box?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: isRange }));
}

/** Moves the focus from row to row. */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const at = rows.indexOf(document.activeElement as HTMLElement); // only compared
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next]?.focus();
}
