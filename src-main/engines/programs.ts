import type { BatchShape, Program } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';
import type { Precision } from '../siren/ops.ts';

/** Compiles a program the first time its batch shape and precision are asked for. */
export class Programs {
  private readonly known = new Map<string, Promise<Program>>();

  constructor(private readonly compile: (shape: BatchShape, precision: Precision) => Promise<Program>) {}

  get(shape: BatchShape, precision: Precision = 'full'): Promise<Program> {
    const key = [precision, ...sampleKinds.map((kind) => shape[kind])].join();
    const known = this.known.get(key) ?? this.compile(shape, precision);
    this.known.set(key, known);
    return known;
  }
}
