import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** A link to one of the sections brings it into view once it is there. */
export function useHashTarget(isReady: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (isReady && hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isReady, hash]);
}
