import { SeamfieldError } from '../../../../src-shared/contract/errors.ts';
import { cloneGuidance, land, nothingLands, regionOf, windowAround } from '../../../fields/index.ts';
import type { LandedLayer, Layer, Rectangle } from '../../../fields/index.ts';
import { crop } from '../../../fields/raster.ts';
import { decodeImage, imageFromSamples } from '../../../imaging/decode.ts';
import { decodeSamples } from '../../../imaging/decode-samples.ts';
import type { Samples } from '../../../imaging/samples.ts';
import { decodeMask } from '../../../imaging/mask.ts';
import type { ColorEncoding, Size } from '../../../../src-shared/model/image.ts';
import type { CloneLayer, CloneTask } from '../../tasks.ts';
import { pasteNaively } from './naive-paste.ts';
import type { Problem } from '../problem.ts';
import { reducedClone } from './reduced-clone.ts';
import { trimmed } from './trimmed.ts';
import { ringAround, seamWeights } from './seam.ts';

/** Target around the region, as a share of the region's longer side, and its bounds in pixels. */
const margin = { share: 1 / 16, least: 6, most: 32 };

/**
 * A region is seen on its own pixels up to so many times the size asked for: reducing it by less would cost detail and
 * hardly spare the network anything.
 */
const slack = 1.25;

/** What the masks select of the sources, seen on the target around it. */
export async function clone(signal: AbortSignal, task: CloneTask): Promise<Problem> {
  const { composition, encoding = 'srgb', size = Infinity } = task;
  const samples = await decodeSamples(
    signal,
    { path: composition.target.path },
    { name: composition.target.name },
  );
  const layers: Layer[] = [];
  for (const layer of composition.layers) layers.push(trimmed(await decoded(signal, layer, encoding)));
  const whole = naming(composition.layers, () => windowOf(samples, layers));
  if (Math.max(whole.width, whole.height) > slack * size) {
    const window = windowOf(samples, layers, size);
    return reducedClone(signal, samples, layers, window, size, encoding);
  }
  return wholeClone(samples, layers, whole, encoding);
}

/** On the target's own pixels. */
function wholeClone(
  samples: Samples,
  layers: readonly Layer[],
  window: Rectangle,
  encoding: ColorEncoding,
): Problem {
  const target = imageFromSamples(samples, encoding);
  const reference = crop(target, window);
  const landed = landedIn(window, layers);
  const guidance = cloneGuidance({
    target: reference,
    layers: landed,
    window: { ...window, x: 0, y: 0 },
  });
  const { inside } = guidance.seam;
  return {
    width: window.width,
    height: window.height,
    guidance: { ...guidance, weight: seamWeights(inside, window) },
    reference,
    referenceIsTruth: false,
    anchor: ringAround(inside, window),
    encoding,
    bitDepth: target.bitDepth,
    pasted: pasteNaively(
      reference,
      { ...window, x: 0, y: 0 },
      landed.map(({ source, mask, placement: at }) => ({ source, mask, at })),
    ),
    place: { target: samples, rectangle: window },
    notes: [],
  };
}

async function decoded(
  signal: AbortSignal,
  { source, mask, transform, mode, alpha = 0.5 }: CloneLayer,
  encoding: ColorEncoding,
): Promise<Layer> {
  return {
    source: await decodeImage(signal, { path: source.path }, { name: source.name, encoding }),
    mask: await decodeMask(signal, { path: mask.path }, { name: mask.name }),
    transform,
    mode,
    alpha,
  };
}

/** The layers' region on the target, and the target around it: three pixels of it at least where it is seen at a size. */
export function windowOf(target: Size, layers: readonly Layer[], size = Infinity): Rectangle {
  const region = regionOf(target, layers);
  const longer = Math.max(region.width, region.height);
  const wish = Math.min(margin.most, Math.max(margin.least, Math.round(margin.share * longer)));
  return windowAround(region, Math.max(wish, Math.ceil((4 * longer) / size)), target);
}

/** The layers on a window's pixels, those that are seen in it. */
function landedIn(window: Rectangle, layers: readonly Layer[]): LandedLayer[] {
  const toWindow = { a: 1, b: 0, c: 0, d: 1, e: -window.x, f: -window.y };
  const landed = layers.map((layer) => land(layer, window, toWindow)).filter((layer) => layer !== undefined);
  if (landed.length === 0) throw nothingLands();
  return landed;
}

/** Refusals say which file they are about. */
export function naming<T>(layers: readonly CloneLayer[], work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const { code, message, details } = SeamfieldError.from(thrown);
    const index = details?.['layer'];
    const layer = layers[typeof index === 'number' ? index : 0]!;
    const { name } = code === 'nothing-to-clone' ? layer.source : layer.mask;
    throw new SeamfieldError(code, `${name}: ${message}`, details);
  }
}
