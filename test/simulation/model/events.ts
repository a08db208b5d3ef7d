interface Event {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Virtual time as a heap of what comes next. */
export interface Events {
  now(): number;
  after(ms: number, run: () => void): void;
  /** Runs the next event; false when none comes before that instant. */
  step(until: number): boolean;
}

export function newEvents(): Events {
  const heap: Event[] = [];
  let [now, order] = [0, 0];
  const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a && b) [heap[i], heap[j]] = [b, a];
  };
  const less = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    return a !== undefined && b !== undefined && isBefore(a, b);
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = less(right, left) ? right : left;
      if (!less(child, i)) return;
      swap(i, child);
      i = child;
    }
  };
  return {
    now: () => now,
    after(ms, run) {
      heap.push({ at: now + ms, order: order++, run });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!less(i, parent)) break;
        swap(i, parent);
        i = parent;
      }
    },
    step(until) {
      const first = heap[0];
      if (!first || first.at > until) {
        now = Math.max(now, until);
        return false;
      }
      const last = heap.pop();
      if (last && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      now = first.at;
      first.run();
      return true;
    },
  };
}
