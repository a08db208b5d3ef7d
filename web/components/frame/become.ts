import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { actAs } from '../../api/acting.ts';
import { ask } from '../../api/client.ts';
import { type Failure, failureOf } from '../../api/failure.ts';

interface Become {
  party: (handle: string) => Promise<void>;
  /** A party of the sample market, for whom no passphrase is needed. */
  sample: (handle: string) => Promise<void>;
  nobody: () => Promise<void>;
  failure: Failure | undefined;
}

/** Changes whom this tab acts as; whatever was shown of the one before is forgotten. */
export function useBecome(): Become {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<Failure>();
  const go = async (handle: string | undefined, to: string) => {
    actAs(handle);
    client.clear();
    await client.invalidateQueries();
    navigate(to);
  };
  const attempt = async (body: () => Promise<void>) => {
    setFailure(undefined);
    await body().catch((error: unknown) => setFailure(failureOf(error)));
  };
  return {
    party: (handle) => go(handle, '/'),
    sample: (handle) => attempt(async () => go((await ask('act-as-sample', { handle })).handle, '/')),
    nobody: () =>
      attempt(async () => {
        await ask('sign-out', {});
        await go(undefined, '/sign-in');
      }),
    failure,
  };
}
