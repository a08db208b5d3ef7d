import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const PAUSE_MS = 800;

/** Reads everything shown again when the server says that something of mine changed, at most once a pause. */
export function useChanges(handle: string | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (handle === undefined) return;
    let timer: number | undefined;
    const source = new EventSource(`/api/events?as=${encodeURIComponent(handle)}`);
    source.addEventListener('changed', () => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries();
      }, PAUSE_MS);
    });
    return () => {
      source.close();
      window.clearTimeout(timer);
    };
  }, [client, handle]);
}
