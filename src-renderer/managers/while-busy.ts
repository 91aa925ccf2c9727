/** Does some work during which nothing else is to be begun. Rejects with what the work does. */
export async function whileBusy<T>(session: { busy: boolean }, work: () => Promise<T>): Promise<T> {
  session.busy = true;
  try {
    return await work();
  } finally {
    session.busy = false;
  }
}
