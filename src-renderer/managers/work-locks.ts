/** One page goes on with a work; the others of this browser can tell. A page that ends lets go of it by itself. */
const nameOf = (workId: string) => `seamfield.work.${workId}`;

/** Where the browser has no locks, every page takes itself for the only one. */
const locks = (): LockManager | undefined => navigator.locks as LockManager | undefined;

/** The function that lets go of it; null where another page has it. */
export async function takeWork(workId: string): Promise<(() => void) | null> {
  const manager = locks();
  if (manager === undefined) return () => undefined;
  return new Promise((resolve) => {
    void manager.request(nameOf(workId), { ifAvailable: true }, (lock) => {
      if (lock === null) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
  });
}

/** Whether a page, this one included, has a work open now. */
export async function worksOpen(): Promise<(workId: string) => boolean> {
  const held = new Set((await locks()?.query())?.held?.map(({ name }) => name));
  return (workId) => held.has(nameOf(workId));
}
