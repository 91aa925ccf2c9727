import type { RequestOf } from '../../src-shared/contract/channels.ts';
import { SeamfieldError } from '../../src-shared/contract/errors.ts';
import { limits, type ImageSummary } from '../../src-shared/contract/schemas.ts';
import { movedTo } from '../../src-shared/model/composition.ts';
import { CloneEditor, type Place } from '../canvas/clone-editor.ts';
import { canvasOf, CloneLayers } from '../canvas/clone-layers.ts';
import { ellipseOutline, polygon } from '../canvas/mask/coverage.ts';
import { greyPng } from '../canvas/mask/grey-png.ts';
import { isActive, newJob } from '../stores/job.ts';
import type { Composition, Role } from '../stores/composition.svelte.ts';
import type { Plane } from '../stores/picture.ts';
import { sampleComposition } from '../stores/sample-composition.ts';
import type { Session } from '../stores/session.svelte.ts';
import { budgetSeconds } from '../stores/training-settings.ts';
import { strings } from '../strings.ts';
import type { Transport } from '../transport/transport.ts';
import { patchOf, pixelsOf, type Region } from './patch.ts';

type CloneRequest = RequestOf<'clones:exact'>;

/** What a user can have done in the clone workspace. Each rejects with the host's error. */
export class CloneCommands {
  readonly #transport: Transport;
  readonly #session: Session;
  readonly #composition: Composition;
  /** The mask as the host has it. */
  #sent: { readonly layers: CloneLayers; readonly version: number; readonly maskId: string } | null = null;
  /** What the blend was begun with. */
  #blended: { readonly region: Region; readonly state: string; readonly jobId: string } | null = null;
  #solving = false;

  constructor(transport: Transport, session: Session, composition: Composition) {
    this.#transport = transport;
    this.#session = session;
    this.#composition = composition;
  }

  async choose(role: Role): Promise<void> {
    await this.#open(role, () => this.#transport.chooseImage());
  }

  async openSample(role: Role, name: string): Promise<void> {
    await this.#open(role, () => this.#transport.request('images:open-sample', { name }));
  }

  async openFile(role: Role, file: File): Promise<void> {
    await this.#open(role, () => this.#transport.upload(file));
  }

  /** The composition that comes with the app: two samples, a mask and a place. */
  async compose(): Promise<void> {
    const { source, target, ellipse, place } = sampleComposition;
    await this.openSample('target', target);
    await this.openSample('source', source);
    const editor = this.#composition.layers?.editor;
    if (editor === undefined) return;
    editor.edit(strings.clone.edits.sample, (mask) =>
      mask.combine(polygon(ellipseOutline(...ellipse), mask.frame), 'replace'),
    );
    editor.put(strings.clone.edits.sample, place);
    this.#composition.tool = 'move';
  }

  /** Back to the start page. A running blend is dropped. */
  async close(): Promise<void> {
    await this.#dropBlend();
    const composition = this.#composition;
    composition.layers?.destroy();
    Object.assign(composition, { source: null, target: null, layers: null, content: 'paste' });
  }

  /** Train a network on the fused field of what is on show now. */
  async blend(): Promise<void> {
    const { layers, state, budget, seconds } = this.#composition;
    if (layers === null || this.#session.busy) return;
    await this.#dropBlend();
    const region = regionOf(layers);
    await this.#whileBusy(async () => {
      const [low, high] = limits.seconds;
      const chosen = budget === 'custom' ? Math.min(Math.max(seconds, low), high) : budgetSeconds[budget];
      const request = { kind: 'clone', ...(await this.#request()), budget: { seconds: chosen } } as const;
      const { jobId } = await this.#transport.request('jobs:start', request);
      this.#blended = { region, state, jobId };
      this.#session.blend = newJob(jobId, request);
      this.#composition.content = 'network';
    });
  }

  async cancelBlend(): Promise<void> {
    await this.#dropBlend();
    this.#composition.content = 'paste';
  }

  /** Bring the exact solution up to date while it is on show, as often as the host can; the latest state wins. */
  async solve(): Promise<void> {
    if (this.#solving) return;
    this.#solving = true;
    try {
      while (this.#wantsSolution()) await this.#solveOnce();
    } finally {
      this.#solving = false;
    }
  }

  /** Show what the network has: the running blend's preview, or the finished one's own values. */
  async showBlend(preview: Plane | null): Promise<void> {
    const { blend } = this.#session;
    const blended = this.#blended;
    const at = blend?.area?.at ?? null;
    if (blend === null || at === null || blended === null || blend.jobId !== blended.jobId) return;
    let plane = preview;
    if (blend.state === 'finished') {
      const { jobId } = blend;
      plane = await this.#planeOf(
        await this.#transport.request('jobs:view', { jobId, of: 'network', view: 'value' }),
      );
    }
    if (plane === null || this.#blended !== blended) return;
    this.#composition.network = { ...patchOf(plane, at, blended.region), state: blended.state };
  }

  async #open(role: Role, get: () => Promise<ImageSummary | null>): Promise<void> {
    const opened = await this.#whileBusy(async () => {
      const summary = await get();
      if (summary === null) return null;
      const view = await this.#transport.request('images:view', { imageId: summary.id, view: 'value' });
      return { summary, pixels: pixelsOf(await this.#planeOf(view)) };
    });
    if (opened === null) return;
    await this.#dropBlend();
    const { summary, pixels } = opened;
    const composition = this.#composition;
    composition.exact = null;
    composition[role] = { summary, picture: canvasOf(pixels) };
    if (role === 'source') {
      composition.layers?.destroy();
      const layers = new CloneLayers(
        new CloneEditor(pixels, centred(pixels, composition.target?.summary)),
        pixels,
      );
      layers.editor.onChange(() => void composition.version++);
      composition.layers = layers;
      // The first thing to do with a new source is to say what of it is wanted.
      composition.tool = 'brush';
    }
    composition.version++;
  }

  #wantsSolution(): boolean {
    const { content, isComplete, exact, live } = this.#composition;
    return content === 'exact' && isComplete && exact?.state !== live;
  }

  async #solveOnce(): Promise<void> {
    const composition = this.#composition;
    const { layers, live } = composition;
    if (layers === null) return;
    const region = regionOf(layers);
    try {
      const { at, ...descriptor } = await this.#transport.request('clones:exact', await this.#request());
      composition.exact = { ...patchOf(await this.#planeOf(descriptor), at, region), state: live };
    } catch (error) {
      // An empty mask, or one that lies beside the target, is no mistake while it is being painted or dragged.
      if (!isNothing(error)) throw error;
      composition.exact = { picture: new OffscreenCanvas(1, 1), at: region.place, state: live };
    }
  }

  async #request(): Promise<CloneRequest> {
    const { source, target, layers, mode, alpha } = this.#composition;
    if (source === null || target === null || layers === null) throw new Error('Nothing to clone is open.');
    const transform = movedTo(layers.editor.place);
    const ids = { sourceId: source.summary.id, maskId: await this.#maskId(layers) };
    const layer = { ...ids, transform, mode, ...(mode === 'average' && { alpha }) };
    return { composition: { targetId: target.summary.id, layers: [layer] } };
  }

  async #maskId(layers: CloneLayers): Promise<string> {
    const version = layers.editor.maskVersion;
    if (this.#sent?.layers === layers && this.#sent.version === version) return this.#sent.maskId;
    const { data, width, height } = layers.editor.mask;
    const file = new File([await greyPng(data, { width, height })], strings.clone.maskFile);
    const { id } = await this.#transport.upload(file);
    this.#sent = { layers, version, maskId: id };
    return id;
  }

  async #planeOf({
    bufferId,
    width,
    height,
    channels,
  }: {
    readonly bufferId: string;
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3;
  }): Promise<Plane> {
    return { width, height, channels, data: new Float32Array(await this.#transport.fetchBuffer(bufferId)) };
  }

  async #dropBlend(): Promise<void> {
    const { blend } = this.#session;
    if (isActive(blend)) await this.#transport.request('jobs:cancel', { jobId: blend.jobId });
    this.#session.blend = null;
    this.#blended = null;
    Object.assign(this.#composition, { network: null, preview: null });
  }

  async #whileBusy<T>(work: () => Promise<T>): Promise<T> {
    this.#session.busy = true;
    try {
      return await work();
    } finally {
      this.#session.busy = false;
    }
  }
}

function regionOf({ editor: { mask, place } }: CloneLayers): Region {
  return { width: mask.width, height: mask.height, mask: mask.data.slice(), place };
}

function isNothing(error: unknown): boolean {
  return error instanceof SeamfieldError && ['empty-mask', 'nothing-to-clone'].includes(error.code);
}

/** The place that puts the source in the middle of its target. */
function centred(
  source: { readonly width: number; readonly height: number },
  target: { readonly width: number; readonly height: number } = source,
): Place {
  return {
    x: Math.round((target.width - source.width) / 2),
    y: Math.round((target.height - source.height) / 2),
  };
}
