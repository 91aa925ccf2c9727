/** Four 32-bit integers. */
export type RandomState = readonly [number, number, number, number];

/**
 * sfc32 (Chris Doty-Humphrey's Small Fast Counter, 32 bit), seeded by a 32-bit integer: the same numbers on every
 * machine, which Math.random cannot promise.
 */
export class Random {
  private a = 0;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number) {
    this.b = seed >>> 0;
    this.c = Math.floor(seed / 2 ** 32) >>> 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** Where the generator stands; `resume` goes on from there. */
  get state(): RandomState {
    return [this.a, this.b, this.c, this.counter];
  }

  resume([a, b, c, counter]: RandomState): void {
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.counter = counter | 0;
  }

  /** The next 32 bits, as an unsigned integer. */
  next(): number {
    const t = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + ((high - low) * this.next()) / 2 ** 32;
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor((this.next() / 2 ** 32) * n);
  }
}
