import { useEffect, useState } from 'react';

const REST_MS = 200;

/** What somebody types, once their fingers have rested: so that not every letter asks the server. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), REST_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return settled;
}
