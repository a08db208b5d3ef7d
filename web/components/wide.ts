import { useSyncExternalStore } from 'react';

const QUERY = '(width >= 54rem)';

/** Whether tables may stand side by side; the same border as in the style sheets. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(QUERY);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(QUERY).matches,
  );
}
