/** How a running job is told to stop: by its party, or because the node stops. */
export type StopWish = 'cancelled' | 'interrupted';

interface Running {
  readonly stop: (wish: StopWish) => void;
  readonly ended: Promise<void>;
}

/** The jobs of this process. Their truth is in the database; this only reaches the ones that run. */
export interface RunningJobs {
  add(id: string, job: Running): void;
  /** False when this job does not run here. */
  cancel(id: string): boolean;
  /** Begins work that only one may do at a time; call what it answers at the end. Undefined while another does it. */
  enter(work: string): (() => void) | undefined;
  /** Resolves when none runs any more. */
  idle(): Promise<void>;
  /** Asks all to end at their next whole step, and waits for them. */
  stop(): Promise<void>;
}

export function runningJobs(): RunningJobs {
  const running = new Map<string, Running>();
  const entered = new Set<string>();
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()].map((job) => job.ended));
  };
  return {
    add(id, job) {
      running.set(id, job);
      job.ended.finally(() => running.delete(id));
    },
    cancel(id) {
      const job = running.get(id);
      job?.stop('cancelled');
      return job !== undefined;
    },
    enter(work) {
      if (entered.has(work)) return undefined;
      entered.add(work);
      return () => entered.delete(work);
    },
    idle,
    async stop() {
      for (const job of running.values()) job.stop('interrupted');
      await idle();
    },
  };
}
