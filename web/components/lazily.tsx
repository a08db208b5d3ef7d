import { type ComponentType, useEffect, useState } from 'react';

interface Loaded<P> {
  readonly default: ComponentType<P>;
}

/**
 * A component whose script is fetched when it is first shown. React's own `lazy` holds back what has come for 300 ms
 * after it has shown that something is missing (FALLBACK_THROTTLE_MS); here it stands as soon as it is there.
 */
export function lazily<P extends object = object>(
  load: () => Promise<Loaded<P>>,
  Meanwhile: ComponentType = Nothing,
): ComponentType<P> {
  let loading: Promise<Loaded<P>> | undefined;
  let loaded: ComponentType<P> | undefined;
  return function Lazily(props: P) {
    const [isThere, setThere] = useState(loaded !== undefined);
    useEffect(() => {
      if (isThere) return;
      loading ??= load();
      loading.then(
        (it) => {
          loaded = it.default;
          setThere(true);
        },
        (error: unknown) => {
          loading = undefined;
          setThere(() => {
            throw error; // for the boundary around it
          });
        },
      );
    }, [isThere]);
    const Component = loaded;
    return Component ? <Component {...props} /> : <Meanwhile />;
  };
}

function Nothing() {
  return null;
}
