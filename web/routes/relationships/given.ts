import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { Grant } from '../../api/shapes.ts';

interface Named {
  properties: string[];
  items?: string[];
}

/** What I have ever given of these in one relationship, page after page; undefined until all of it is known. */
export function useGiven(relationship: string, named: Named, options: { off?: boolean } = {}) {
  const query = useQuery({
    queryKey: ['list-grants', 'all', relationship, named],
    enabled: !options.off,
    queryFn: async ({ signal }) => {
      const all: Grant[] = [];
      let after: string | undefined;
      do {
        const asked = { relationship, side: 'mine', ...named, limit: 200 } as const;
        const { rows, next } = await ask('list-grants', after ? { ...asked, after } : asked, { signal });
        all.push(...rows);
        after = next;
      } while (after !== undefined);
      return all;
    },
  });
  return query.data;
}
