import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { actingHandle } from './acting.ts';
import { ask } from './client.ts';
import { useKept } from './drafts.tsx';
import { Failed, type Failure, failureOf } from './failure.ts';
import type { In, Name, Out } from './operations.ts';

/** Reads are tried again only when the node itself could not be reached. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => failureOf(error).code === 'node-unreachable' && count < 2,
      },
    },
  });
}

/** A page of a list, as every list answers it; `total` only where a count is cheap. */
interface Rows<Row> {
  rows: Row[];
  next?: string | undefined;
  total?: number | undefined;
}

interface Asked<T> {
  data: T | undefined;
  failure: Failure | undefined;
  isLoading: boolean;
  again: () => void;
}

/** One reading operation; `off` leaves it unasked. */
export function useAsk<N extends Name>(
  name: N,
  input: In<N>,
  options: { off?: boolean; every?: number | false; keep?: boolean } = {},
): Asked<Out<N>> {
  const query = useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => ask(name, input, { signal }),
    enabled: !options.off,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    data: query.data as Out<N> | undefined, // keepPreviousData widens the type, not the value
    failure: query.error ? failureOf(query.error) : undefined,
    isLoading: query.isPending && !options.off,
    again: () => void query.refetch(),
  };
}

/** The operations that answer pages of rows. */
type ListName = { [N in Name]: Out<N> extends Rows<unknown> ? N : never }[Name];
type RowOf<N extends ListName> = Out<N> extends Rows<infer Row> ? Row : never;

export interface Listed<Row> {
  /** What was asked; another question has other rows. */
  question: string;
  /** The rows of the page that is shown. */
  rows: Row[];
  /** How many rows stand before this page. */
  before: number;
  total: number | undefined;
  isLoading: boolean;
  isMore: boolean;
  isBusy: boolean;
  next: () => void;
  previous: () => void;
  failure: Failure | undefined;
  again: () => void;
}

/** Rows of a page of a list. */
export const PAGE = 100;

/** Which page of which question is shown: the cursors that led to it. */
interface Place {
  key: string;
  cursors: readonly string[];
}

/** With all else that the list answers. */
type ListedBy<N extends ListName> = Listed<RowOf<N>> & { answer: Out<N> | undefined };

/** A list, a page at a time, so that ten thousand rows weigh no more than a hundred. */
export function useRows<N extends ListName>(
  name: N,
  input: In<N>,
  options: { off?: boolean; state?: string } = {},
): ListedBy<N> {
  // In another state of the page the same question has other rows, and no place in them is kept.
  const key = JSON.stringify(input) + (options.state ?? '');
  const start: Place = { key, cursors: [] };
  const [place, setPlace] = useKept(`rows of ${name} ${actingHandle()}`, start);
  const cursors = place.key === key ? place.cursors : [];
  const after = cursors.at(-1);
  const before = cursors.length * PAGE;
  const query = useQuery({
    queryKey: [name, 'rows', input, after],
    enabled: !options.off,
    queryFn: async ({ signal }) => {
      const asked = { ...input, limit: PAGE, ...(after === undefined ? {} : { after }) };
      const page = (await ask(name, asked, { signal })) as Rows<RowOf<N>>; // ListName admits only what answers rows
      return { ...page, before };
    },
    placeholderData: keepPreviousData,
  });
  const cursor = query.data?.next;
  return {
    question: `${actingHandle()} ${key}`,
    answer: query.data as Out<N> | undefined, // what the page is made of, of which only rows are known
    rows: query.data?.rows ?? [],
    // While the next page is on its way the last one still stands, and is what is counted.
    before: query.data?.before ?? before,
    total: query.data?.total,
    isLoading: query.isPending && !options.off,
    isMore: cursor !== undefined,
    isBusy: query.isPlaceholderData,
    next: () => cursor !== undefined && setPlace({ key, cursors: [...cursors, cursor] }),
    previous: () => setPlace({ key, cursors: cursors.slice(0, -1) }),
    failure: query.error ? failureOf(query.error) : undefined,
    again: () => void query.refetch(),
  };
}

interface Act<N extends Name> {
  run: (input: In<N>, file?: File) => Promise<Out<N> | undefined>;
  failure: Failure | undefined;
  isBusy: boolean;
  forget: () => void;
}

/**
 * One changing operation. `run` answers the value, or undefined when it failed and `failure` says why.
 * Everything shown is read again afterwards; with `leaves`, once the page that acted has been left, because what it
 * shows is over.
 */
export function useAct<N extends Name>(name: N, options: { leaves?: boolean } = {}): Act<N> {
  const client = useQueryClient();
  const [failure, setFailure] = useState<Failure>();
  const mutation = useMutation({
    mutationFn: ({ input, file }: { input: In<N>; file: File | undefined }) =>
      ask(name, input, file ? { file } : {}),
  });
  const run = async (input: In<N>, file?: File) => {
    setFailure(undefined);
    try {
      const value = await mutation.mutateAsync({ input, file });
      if (options.leaves) window.setTimeout(() => void client.invalidateQueries());
      else await client.invalidateQueries();
      return value;
    } catch (error) {
      if (!(error instanceof Failed)) console.error(error);
      setFailure(failureOf(error));
      return undefined;
    }
  };
  return { run, failure, isBusy: mutation.isPending, forget: () => setFailure(undefined) };
}
