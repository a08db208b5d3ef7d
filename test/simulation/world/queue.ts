interface Event {
  readonly at: number;
  /** Decides between events of one instant. */
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/** What comes next in virtual time, as a heap. */
interface Queue {
  /** The returned function cancels. */
  add(at: number, order: number, run: () => void): () => void;
  /** Takes the next event out; undefined when none comes before that instant. */
  takeUntil(until: number): { readonly at: number; readonly run: () => void } | undefined;
}

export function newQueue(): Queue {
  const heap: Event[] = [];
  return {
    add(at, order, run) {
      const event: Event = { at, order, run, isCancelled: false };
      rise(heap, event);
      return () => {
        event.isCancelled = true;
      };
    },
    takeUntil(until) {
      for (let first = heap[0]; first && first.at <= until; first = heap[0]) {
        removeFirst(heap);
        if (!first.isCancelled) return first;
      }
      return undefined;
    },
  };
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function rise(heap: Event[], event: Event): void {
  let i = heap.push(event) - 1;
  while (i > 0) {
    const up = (i - 1) >> 1;
    const parent = heap[up];
    if (!parent || !isBefore(event, parent)) break;
    heap[i] = parent;
    i = up;
  }
  heap[i] = event;
}

function removeFirst(heap: Event[]): void {
  const event = heap.pop();
  if (!event || heap.length === 0) return;
  let i = 0;
  for (;;) {
    let down = 2 * i + 1;
    let child = heap[down];
    const right = heap[down + 1];
    if (child && right && isBefore(right, child)) {
      child = right;
      down++;
    }
    if (!child || !isBefore(child, event)) break;
    heap[i] = child;
    i = down;
  }
  heap[i] = event;
}
