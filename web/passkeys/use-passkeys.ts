import { useState } from 'react';
import { ask } from '../api/client.ts';
import { type Failure, failureOf } from '../api/failure.ts';
import type { PasskeyAnswer, PasskeyMade } from '../api/shapes.ts';
import { askPasskey, makePasskey } from './ceremony.ts';

interface Asking<T> {
  run: () => Promise<T | undefined>;
  failure: Failure | undefined;
  isBusy: boolean;
  forget: () => void;
}

/** Something that is asked of a device. `run` answers undefined when it did not come about and `failure` says why. */
function useAsking<T>(body: () => Promise<T>): Asking<T> {
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setFailure(undefined);
    setBusy(true);
    try {
      return await body();
    } catch (error) {
      setFailure(failureOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, failure, isBusy, forget: () => setFailure(undefined) };
}

/** A new passkey of this device, which the node does not know yet. */
export function useNewPasskey(): Asking<PasskeyMade> {
  return useAsking(async () => makePasskey(await ask('prepare-passkey', {})));
}

/** What a passkey answers: to come in, or, when one is in, to say once more who one is. */
export function usePasskeyAnswer(again: boolean): Asking<PasskeyAnswer> {
  return useAsking(async () => askPasskey(await ask('prepare-passkey-sign-in', { again })));
}
