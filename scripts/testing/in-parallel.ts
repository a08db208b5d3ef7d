/** Runs the tasks in their order, so many at a time; begins no further one once the signal has come. */
export async function inParallel(
  workers: number,
  tasks: readonly (() => Promise<unknown>)[],
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task && !signal.aborted; task = waiting.shift()) await task();
  };
  await Promise.all(Array.from({ length: workers }, work));
}
