import { useState } from 'react';
import { type Failure, failureOf } from './failure.ts';

interface Work<Args extends unknown[], T> {
  run: (...args: Args) => Promise<T | undefined>;
  failure: Failure | undefined;
  isBusy: boolean;
  forget: () => void;
}

/** Something that this page or this device does itself. `run` answers undefined when it did not come about and `failure` says why. */
export function useWork<Args extends unknown[], T>(work: (...args: Args) => Promise<T>): Work<Args, T> {
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const run = async (...args: Args) => {
    setFailure(undefined);
    setBusy(true);
    try {
      return await work(...args);
    } catch (error) {
      const told = failureOf(error);
      if (told.code === 'page-broke') console.error(error);
      setFailure(told);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, failure, isBusy, forget: () => setFailure(undefined) };
}
