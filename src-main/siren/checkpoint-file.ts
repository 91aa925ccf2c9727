/**
 * Checkpoints as bytes.
 *
 * 'SFCK', format version, length of the header (each 32 bits), the header as JSON padded with spaces to eight bytes,
 * the loss curve as float64 triples, then as float32 the training state, the best network and the earlier legs'
 * network as far as the header says that they are there, and at the end the CRC-32 of everything before it. Little
 * endian. Only the length that the header implies is read; anything else is refused.
 */
import * as v from 'valibot';

import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { engines, providers } from '../../src-shared/model/training.ts';
import type { LossPoint } from '../../src-shared/model/training.ts';
import type { Checkpoint } from './checkpoint.ts';
import { crc32 } from './crc32.ts';
import { checkSpec, parameterCount } from './spec.ts';
import { optimisers, stateLength } from './step.ts';

const version = 1;
const magic = 0x4b434653;
const prefix = 12;
/** A header is a few hundred bytes; a curve is kept below some thousand points. */
const most = { header: 2 ** 16, curve: 2 ** 16, machine: 1000 };

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const word = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 32 - 1));
const sampler = v.strictObject({ epoch: v.strictTuple([word, word, word, word]), drawn: count });

const header = v.strictObject({
  spec: v.strictObject({
    channels: v.picklist([1, 3]),
    hidden: count,
    layers: count,
    omega: amount,
  }),
  optimiser: v.picklist(optimisers),
  seed: v.pipe(v.number(), v.safeInteger()),
  fingerprint: word,
  leg: v.pipe(count, v.maxValue(1e6)),
  spent: v.strictObject({ steps: count, seconds: amount, legSteps: count, legSeconds: amount }),
  flops: amount,
  roundsProducts: v.exactOptional(v.boolean()),
  trainedBy: v.exactOptional(
    v.strictObject({
      engine: v.picklist(engines),
      provider: v.picklist(providers),
      machine: v.exactOptional(v.pipe(v.string(), v.maxLength(most.machine))),
    }),
  ),
  recoveries: v.pipe(count, v.maxValue(1000)),
  sinceRestore: count,
  phase: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(100)),
  // JSON has no NaN and no Infinity: null stands for "nothing yet".
  watch: v.strictObject({ mean: v.nullable(v.number()), seen: count, bestLoss: v.nullable(v.number()) }),
  samplers: v.strictObject({ value: sampler, directional: sampler, laplacian: sampler }),
  points: v.pipe(count, v.maxValue(most.curve)),
  hasBest: v.boolean(),
  hasBefore: v.boolean(),
});

const nullUnlessFinite = (value: number) => (Number.isFinite(value) ? value : null);

export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { curve, state, best, before, watch, ...rest } = checkpoint;
  const told: v.InferInput<typeof header> = {
    ...rest,
    samplers: {
      value: mutable(rest.samplers.value),
      directional: mutable(rest.samplers.directional),
      laplacian: mutable(rest.samplers.laplacian),
    },
    watch: {
      mean: nullUnlessFinite(watch.mean),
      seen: watch.seen,
      bestLoss: nullUnlessFinite(watch.bestLoss),
    },
    points: curve.length,
    hasBest: best !== undefined,
    hasBefore: before !== undefined,
  };
  const json = new TextEncoder().encode(JSON.stringify(told));
  const headerLength = padded(json.length);
  const floats = [state, best, before].filter((data) => data !== undefined);
  const length =
    prefix + headerLength + 24 * curve.length + 4 * floats.reduce((sum, { length: n }) => sum + n, 0) + 4;
  const bytes = new Uint8Array(length);
  const out = new DataView(bytes.buffer);
  [magic, version, headerLength].forEach((value, i) => out.setUint32(4 * i, value, true));
  bytes.fill(0x20, prefix, prefix + headerLength);
  bytes.set(json, prefix);
  let at = prefix + headerLength;
  for (const { step, seconds, loss } of curve) {
    for (const value of [step, seconds, loss]) {
      out.setFloat64(at, value, true);
      at += 8;
    }
  }
  for (const data of floats) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  out.setUint32(at, crc32(bytes.subarray(0, at)), true);
  return bytes;
}

/** Throws `bad-checkpoint` for anything but a whole checkpoint of a version that is known. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefix + 4 || view.getUint32(0, true) !== magic) throw bad('it is none');
  if (view.getUint32(4, true) !== version) throw bad('it was written by another version of Seamfield');
  const headerLength = view.getUint32(8, true);
  if (headerLength > most.header || prefix + headerLength + 4 > bytes.length) throw bad('it is cut off');
  const end = bytes.length - 4;
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end, true)) throw bad('it is damaged');
  const { points, hasBest, hasBefore, watch, ...rest } = headerOf(
    bytes.subarray(prefix, prefix + headerLength),
  );
  const state = stateLength(rest.spec, rest.optimiser);
  const network = parameterCount(rest.spec);
  const lengths = [state, hasBest ? network : 0, hasBefore ? network : 0];
  const floats = lengths.reduce((sum, n) => sum + n, 0);
  let at = prefix + headerLength;
  if (at + 24 * points + 4 * floats !== end) throw bad('its length is wrong');
  const curve = Array.from({ length: points }, (_, i): LossPoint => {
    const [step, seconds, loss] = [0, 8, 16].map((offset) => view.getFloat64(at + 24 * i + offset, true));
    return { step: step!, seconds: seconds!, loss: loss! };
  });
  at += 24 * points;
  const [stateData, best, before] = lengths.map((length) => {
    const copy = bytes.slice(at, (at += 4 * length));
    return new Float32Array(copy.buffer, copy.byteOffset, length);
  });
  return {
    ...rest,
    watch: { mean: watch.mean ?? Number.NaN, seen: watch.seen, bestLoss: watch.bestLoss ?? Infinity },
    curve,
    state: stateData!,
    ...(hasBest && { best: best! }),
    ...(hasBefore && { before: before! }),
  };
}

/** What the head of a checkpoint's file says to be spent, and in which leg; undefined where it is none. */
export function spentOf(head: Uint8Array): (Checkpoint['spent'] & { readonly leg: number }) | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < prefix || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== version) {
    return undefined;
  }
  try {
    const { spent, leg } = headerOf(head.subarray(prefix, prefix + view.getUint32(8, true)));
    return { ...spent, leg };
  } catch {
    return undefined;
  }
}

function headerOf(bytes: Uint8Array): v.InferOutput<typeof header> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw bad('its header is unreadable');
  }
  const parsed = v.safeParse(header, json);
  if (!parsed.success) throw bad('its header is wrong');
  try {
    checkSpec(parsed.output.spec);
  } catch {
    throw bad('its network is out of range');
  }
  return parsed.output;
}

const padded = (length: number) => 8 * Math.ceil(length / 8);
const mutable = ({ epoch: [a, b, c, d], drawn }: Checkpoint['samplers']['value']) => ({
  epoch: [a, b, c, d] as [number, number, number, number],
  drawn,
});

function bad(why: string): SeamfieldError {
  return new SeamfieldError(
    'bad-checkpoint',
    `This training state can’t be used: ${why}. Train again from the beginning.`,
  );
}
