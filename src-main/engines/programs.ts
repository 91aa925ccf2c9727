import type { BatchShape, Program } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { Precision } from '../siren/ops.ts';

/** Compiles a program the first time its batch shape and precision are asked for, and again where that failed. */
export class Programs {
  private readonly known = new Map<string, Promise<Program>>();

  constructor(private readonly compile: (shape: BatchShape, precision: Precision) => Promise<Program>) {}

  get(shape: BatchShape, precision: Precision = 'full'): Promise<Program> {
    const key = [precision, ...sampleKinds.map((kind) => shape[kind])].join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const compiled = this.compile(shape, precision);
    this.known.set(key, compiled);
    // What was short of memory then may have enough of it when it is tried again.
    compiled.catch(() => this.known.delete(key));
    return compiled;
  }
}
