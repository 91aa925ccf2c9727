import * as v from 'valibot';
import type { OpenDocument, OpenWork } from '../../src-shared/contract/project-schemas.ts';
import type { CompositionSnapshot } from '../stores/composition-snapshot.ts';
import { cloneSizes } from '../stores/training-settings.ts';
import type { Transport } from '../transport/transport.ts';

const budget = v.fallback(
  v.object({
    budget: v.fallback(v.picklist(['draft', 'normal', 'fine', 'custom']), 'draft'),
    seconds: v.fallback(v.pipe(v.number(), v.finite()), 20),
    networkSize: v.optional(v.fallback(v.picklist(cloneSizes), 'auto'), 'auto'),
  }),
  { budget: 'draft', seconds: 20, networkSize: 'auto' },
);

/** A composition as it was kept, its masks fetched. What cannot be understood of its settings is as usual. */
export async function snapshotOf(
  transport: Pick<Transport, 'fetchBuffer'>,
  { masks, images }: OpenWork,
  { target, layers, selectedId, settings }: NonNullable<OpenDocument['composition']>,
): Promise<CompositionSnapshot> {
  const summaryOf = (id: string) => images.find((image) => image.id === id)!;
  const found = new Map<string, Uint8Array>();
  for (const { layerId, bufferId } of masks) {
    found.set(layerId, new Uint8Array(await transport.fetchBuffer(bufferId)));
  }
  return {
    target: target === null ? null : summaryOf(target),
    layers: layers.map(({ id, source, ...rest }) => {
      const summary = summaryOf(source);
      const { width, height } = summary;
      const data = found.get(id) ?? new Uint8Array(width * height);
      return { ...rest, id, source: summary, mask: { width, height, data } };
    }),
    selectedId,
    training: v.parse(budget, parsed(settings)),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
