import { SeamfieldError } from '../../../src-shared/contract/errors.ts';
import type { Mask } from '../../../src-shared/model/mask.ts';
import { boundingBox } from '../../fields/bounding-box.ts';
import { cloneGuidance } from '../../fields/index.ts';
import type { CloneGuidance, CloneRequest } from '../../fields/index.ts';
import { crop } from '../../fields/raster.ts';
import { decodeImage, imageFromSamples } from '../../imaging/decode.ts';
import { decodeSamples } from '../../imaging/decode-samples.ts';
import { decodeMask } from '../../imaging/mask.ts';
import type { CloneTask } from '../protocol.ts';
import { pasteNaively } from './naive-paste.ts';
import type { Problem } from './problem.ts';
import { ringAround, seamWeights } from './seam.ts';

/** Target around the region, as a share of the region's longer side, and its bounds in pixels. */
const margin = { share: 1 / 16, least: 6, most: 32 };

/** What the mask selects of the source, seen on the target around it. */
export async function clone(signal: AbortSignal, task: CloneTask): Promise<Problem> {
  const { encoding = 'srgb', mode, at: placement, alpha = 0.5 } = task;
  const samples = await decodeSamples(signal, { path: task.target.path }, { name: task.target.name });
  const target = imageFromSamples(samples, encoding);
  const { path, name } = task.source;
  const source = await decodeImage(signal, { path }, { name, encoding });
  const mask = await decodeMask(signal, { path: task.mask.path }, { name: task.mask.name });
  const request = { target, source, mask, placement, mode, alpha, margin: marginAround(mask) };
  const { guidance, window } = guidanceOf(request, task);
  const { inside } = guidance.seam;
  const reference = crop(target, window);
  return {
    width: window.width,
    height: window.height,
    guidance: { ...guidance, weight: seamWeights(inside, window) },
    reference,
    referenceIsTruth: false,
    anchor: ringAround(inside, window),
    encoding,
    bitDepth: target.bitDepth,
    pasted: pasteNaively(reference, window, [{ source, mask, at: placement }]),
    patch: { target: samples, rectangle: window, inside },
    notes: [],
  };
}

function marginAround({ data, width, height }: Mask): number {
  const box = boundingBox(data, width, height);
  const wish = box === undefined ? 0 : Math.round(margin.share * Math.max(box.width, box.height));
  return Math.min(margin.most, Math.max(margin.least, wish));
}

/** Refusals say which file they are about. */
function guidanceOf(request: CloneRequest, { mask, source }: CloneTask): CloneGuidance {
  try {
    return cloneGuidance(request);
  } catch (thrown) {
    const { code, message, details } = SeamfieldError.from(thrown);
    const name = code === 'nothing-to-clone' ? source.name : mask.name;
    throw new SeamfieldError(code, `${name}: ${message}`, details);
  }
}
