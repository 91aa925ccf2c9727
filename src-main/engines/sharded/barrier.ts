/** Turns of a spinning wait before the thread goes to sleep: about as long as shards differ. */
const SPINS = 4000;

/** A meeting point of a fixed number of threads, reusable at once: nobody passes before all have come. */
export class Barrier {
  private readonly cells: Int32Array;

  /** @param buffer 8 bytes: how many have come, and how many meetings there were */
  constructor(
    buffer: SharedArrayBuffer,
    private readonly parties: number,
  ) {
    this.cells = new Int32Array(buffer);
  }

  wait(): void {
    const meeting = Atomics.load(this.cells, 1);
    if (Atomics.add(this.cells, 0, 1) === this.parties - 1) {
      Atomics.store(this.cells, 0, 0);
      Atomics.add(this.cells, 1, 1);
      Atomics.notify(this.cells, 1);
      return;
    }
    for (let i = 0; i < SPINS; i++) if (Atomics.load(this.cells, 1) !== meeting) return;
    while (Atomics.load(this.cells, 1) === meeting) Atomics.wait(this.cells, 1, meeting);
  }
}
