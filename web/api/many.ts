import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ask } from './client.ts';
import { Failed, type Failure, failureOf } from './failure.ts';
import type { In, Name, Out } from './operations.ts';

type Told = Out<'remove-items'>;
/** The operations that act on many. */
export type ManyName = { [N in Name]: Out<N> extends Told ? N : never }[Name];
/** What some of them take beside the ids. */
export type Extra = Omit<In<'tag-items'>, 'ids'> | Record<string, never>;
/** The lists that can answer the ids of all that fit. */
type IdsName = { [N in Name]: 'idsOnly' extends keyof In<N> ? N : never }[Name];

/** As many as one call takes. */
const AT_ONCE = 1_000;

/** What was done and what was not, and the failure that stopped it, if one did. */
export interface Account {
  done: string[];
  not: Told['not'];
  failure?: Failure;
}

/** Acts on all of them, a thousand in each call; what is done stays done when somebody stops it. */
async function actOn(
  name: ManyName,
  extra: Extra,
  ids: readonly string[],
  each: { told: (count: number) => void; isStopped: () => boolean },
): Promise<Account> {
  const account: Account = { done: [], not: [] };
  for (let from = 0; from < ids.length && !each.isStopped(); from += AT_ONCE) {
    try {
      const some = { ...extra, ids: ids.slice(from, from + AT_ONCE) };
      const { done, not } = await ask(name, some as In<ManyName>); // the form of an act gives what it takes
      account.done.push(...done);
      account.not.push(...not);
    } catch (error) {
      if (!(error instanceof Failed)) console.error(error);
      return { ...account, failure: failureOf(error) };
    }
    each.told(Math.min(from + AT_ONCE, ids.length));
  }
  return account;
}

/** How far an act on many has come; stopping it takes hold after the thousand that are on their way. */
export interface Progress {
  of: number;
  done: number;
  stop: () => void;
}

/** Acts on many; everything shown is read again afterwards, which nobody waits for. */
export function useActOnMany(): {
  progress: Progress | undefined;
  run: (name: ManyName, extra: Extra, ids: readonly string[]) => Promise<Account>;
} {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const isStopped = useRef(false);
  return {
    progress,
    run: async (name, extra, ids) => {
      isStopped.current = false;
      const stop = () => {
        isStopped.current = true;
      };
      setProgress({ of: ids.length, done: 0, stop });
      const account = await actOn(name, extra, ids, {
        told: (done) => setProgress({ of: ids.length, done, stop }),
        isStopped: () => isStopped.current,
      });
      setProgress(undefined);
      void client.invalidateQueries();
      return account;
    },
  };
}

/** The ids of all that fit a question, in its order. */
export async function idsThatFit<N extends IdsName>(name: N, input: In<N>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const asked = { ...input, idsOnly: true, ...(after === undefined ? {} : { after }) };
    const page = (await ask(name, asked)) as Pick<Out<'list-items'>, 'ids' | 'next'>; // IdsName admits only what answers them
    ids.push(...(page.ids ?? []));
    after = page.next;
    if (after === undefined) return ids;
  }
}
