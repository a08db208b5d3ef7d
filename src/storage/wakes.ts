/** Who wants to know, after a commit, that something of a topic was written. */
export interface Wakes {
  listen(topic: string, listener: () => void): void;
  announce(topics: Iterable<string>): void;
}

export function wakes(): Wakes {
  const listeners = new Map<string, (() => void)[]>();
  return {
    listen(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    announce(topics) {
      for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener();
    },
  };
}
