import { useEffect, useRef, useState } from 'react';

/** A code, from when it is made until somebody says that it is on paper; whoever leaves the page says that it is not. */
export function usePaper() {
  const [code, setCode] = useState<string>();
  const [isAnswered, setAnswered] = useState(false);
  const tell = useRef<(isWritten: boolean) => void>(undefined);
  useEffect(() => () => tell.current?.(false), []);
  const show = (made: string) =>
    new Promise<boolean>((resolve) => {
      tell.current = resolve;
      setAnswered(false);
      setCode(made);
    });
  const answer = (isWritten: boolean) => {
    setAnswered(true);
    if (!isWritten) setCode(undefined);
    tell.current?.(isWritten);
  };
  return { code, isAnswered, show, answer, forget: () => setCode(undefined) };
}
