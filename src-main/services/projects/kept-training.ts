import * as v from 'valibot';
import { budget } from '../../../src-shared/contract/training-schemas.ts';
import { decodeCheckpoint } from '../../siren/checkpoint-file.ts';

/** A state of more bytes is not kept with a result, whose network is a fraction of it. Width 512 has about 20 MiB. */
export const largestTrainingState = 32 * 2 ** 20;

/** What else is to be known of a state to go on from it: its leg, see Checkpoint, and that leg's budget. */
const facts = v.strictObject({
  leg: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e6)),
  budget,
});
export type TrainingFacts = v.InferOutput<typeof facts>;

/** Reads what came with a state. Throws for what is not ours. */
export function trainingFacts(told: unknown): TrainingFacts {
  return v.parse(facts, told);
}

/** Facts and state that can be gone on from. Throws for facts that are not ours, `bad-checkpoint`. */
export function checkTraining(told: unknown, state: Uint8Array): void {
  trainingFacts(told);
  decodeCheckpoint(state);
}
