import type { BatchShape, Program } from '../siren/engine.ts';
import { sampleKinds } from '../siren/loss-gradient.ts';

/** Compiles a program the first time its batch shape is asked for. */
export class Programs {
  private readonly known = new Map<string, Promise<Program>>();

  constructor(private readonly compile: (shape: BatchShape) => Promise<Program>) {}

  get(shape: BatchShape): Promise<Program> {
    const key = sampleKinds.map((kind) => shape[kind]).join();
    const known = this.known.get(key) ?? this.compile(shape);
    this.known.set(key, known);
    return known;
  }
}
