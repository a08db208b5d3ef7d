import type { Failure } from '../../api/failure.ts';
import { useFound, useRows } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';

interface FoundItem {
  item: Item | undefined;
  isMissing: boolean;
  failure: Failure | undefined;
  again: () => void;
}

/** One item out of the list of all. */
export function useItem(id: string): FoundItem {
  const listed = useRows('list-items', {});
  const item = useFound(listed, (row) => row.id === id);
  const isMissing = !item && !listed.isLoading && !listed.isMore && !listed.failure;
  return { item, isMissing, failure: listed.failure, again: listed.again };
}
