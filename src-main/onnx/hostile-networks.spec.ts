import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { foundFiles } from '../../tests/fixtures/hostile/found.ts';
import { fuzzing } from '../../tests/fixtures/hostile/fuzz.ts';
import { edited, editsOf } from '../../tests/fixtures/hostile/mutate.ts';
import { goodNetworks, hostileNetworks } from '../../tests/fixtures/hostile/networks.ts';
import { importModel } from './import-model.ts';

/** Undefined where it was opened, as a network of finite numbers; the code of its refusal otherwise. */
function outcome(bytes: Uint8Array): string | undefined {
  try {
    const { parameters } = importModel(bytes);
    expect([...parameters.W, ...parameters.b].every((values) => values.every(Number.isFinite))).toBe(true);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SeamfieldError)) throw thrown;
    expect(thrown.message).toMatch(/^The model can't be opened: [^\n]{5,300}\.$/);
    return thrown.code;
  }
}

describe('a hostile network', () => {
  it.each(hostileNetworks)('$name is refused', ({ bytes, refusal }) => {
    expect(outcome(bytes)).toBe(refusal);
  });

  it('that would fill the memory with small things is refused by their number', () => {
    const refusal = (name: string) => () =>
      importModel(hostileNetworks.find((file) => file.name === name)!.bytes);
    expect(refusal('weights-of-bits.onnx')).toThrow('more whole numbers');
    expect(refusal('two-million-empty-operators.onnx')).toThrow('far more parts');
  });

  it.each(foundFiles('networks'))('found earlier, %s, is opened or refused', (_, path) => {
    outcome(readFileSync(path));
  });
});

describe('a good network', () => {
  it('with bits flipped, numbers at their extremes, cut or spliced with another, is opened or refused', () => {
    const seen = { opened: 0, refused: 0 };
    fc.assert(
      fc.property(fc.nat(1), fc.nat(1), editsOf, (which, other, edits) => {
        const found = outcome(edited(goodNetworks[which]!, goodNetworks[other]!, edits));
        seen[found === undefined ? 'opened' : 'refused']++;
      }),
      fuzzing(29, 4000),
    );
    expect(Math.min(seen.opened, seen.refused)).toBeGreaterThan(50);
  });
});
