import { useAsk } from '../api/queries.ts';

/** What people call a property: `schema:email` is "E-mail". An unknown one keeps its own name. */
export function usePropertyLabel(): (property: string) => string {
  const known = useAsk('list-properties', {}).data?.rows ?? [];
  return (property) => {
    const found = known.find((entry) => entry.property === property);
    return found?.label ?? property.slice(property.indexOf(':') + 1);
  };
}
