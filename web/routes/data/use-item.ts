import type { Failure } from '../../api/failure.ts';
import { useAsk } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';

interface FoundItem {
  item: Item | undefined;
  isMissing: boolean;
  failure: Failure | undefined;
  again: () => void;
}

/** One item by its id. */
export function useItem(id: string): FoundItem {
  const { data, failure, again } = useAsk('list-items', { id });
  return { item: data?.rows[0], isMissing: data?.rows.length === 0, failure, again };
}
