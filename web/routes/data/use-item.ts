import { useEffect } from 'react';
import type { Failure } from '../../api/failure.ts';
import { useRows } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';

interface FoundItem {
  item: Item | undefined;
  isMissing: boolean;
  failure: Failure | undefined;
  again: () => void;
}

/** One item out of the list of all, whose pages are read on until it turns up. */
export function useItem(id: string): FoundItem {
  const listed = useRows('list-items', {});
  const item = listed.rows.find((row) => row.id === id);
  const mustRead = !item && listed.isMore && !listed.isBusy;
  const { more } = listed;
  useEffect(() => {
    if (mustRead) more();
  }, [mustRead, more]);
  const isMissing = !item && !listed.isLoading && !listed.isMore && !listed.failure;
  return { item, isMissing, failure: listed.failure, again: listed.again };
}
