interface Waiting<Item, Result> {
  item: Item;
  done: (result: Result) => void;
  failed: (error: unknown) => void;
}

export interface GroupCommitLimits {
  /** How many share one transaction, so that it never becomes a long one. */
  atOnce: number;
  /** How many may wait; more are refused. */
  waiting: number;
}

/**
 * Commits many things together: what comes while one commit is on its way shares the next, so the disk is asked once for all of them.
 * `commit` gives one result for each item, in order.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: Item[]) => Promise<Result[]>,
  { atOnce, waiting }: GroupCommitLimits,
) {
  const queue: Waiting<Item, Result>[] = [];
  let asked = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // Lets what came in with the same turn of the event loop join in.
    await new Promise((resolve) => setImmediate(resolve));
    while (asked) {
      const batch = queue.splice(0, atOnce);
      asked = queue.length > 0;
      await commitBatch(batch);
    }
    running = undefined;
  }

  async function commitBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(batch.map(({ item }) => item));
      for (const [index, { done }] of batch.entries()) done(results[index] as Result);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  /** Commits soon, also when nothing waits: `commit` may have something of its own to write. */
  function soon(): void {
    asked = true;
    running ??= run();
  }

  return {
    soon,
    add(item: Item): Promise<Result> {
      return new Promise((done, failed) => {
        if (queue.length >= waiting) return failed(new Error('too much waits to be stored'));
        queue.push({ item, done, failed });
        soon();
      });
    },
    idle: (): Promise<void> => running ?? Promise.resolve(),
  };
}
