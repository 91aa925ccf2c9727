import type { ImageSummary } from '../../src-shared/contract/image-schemas.ts';
import { limits } from '../../src-shared/contract/limits.ts';
import type { JobRequest } from '../../src-shared/contract/training-schemas.ts';
import { defaultSettings as defaults, type Settings } from '../../src-shared/contract/settings.ts';
import { cloneSize } from '../../src-shared/model/training.ts';

/** How long to train: three tempers, or the user's own number of seconds. */
export const budgetSeconds = { draft: 10, normal: 30, fine: 120 } as const;
export type BudgetName = TrainingSettings['budget'];

/** What a request says of it: `seconds`, brought into their range, where that is the user's choice. */
export function budgetOf(name: BudgetName, seconds: number): { readonly seconds: number } {
  const [low, high] = limits.seconds;
  return { seconds: name === 'custom' ? Math.min(Math.max(seconds, low), high) : budgetSeconds[name] };
}

/** Pixels along the longer side of what a clone's network sees: the program's choice, a number, or all there are. */
export const cloneSizes = ['auto', '256', '384', '512', '768', '1024', 'full'] as const;
export type CloneSize = (typeof cloneSizes)[number];

/** What a request says of it; nothing where the network is to see all pixels. */
export function sizeOf(choice: CloneSize): { readonly size?: number } {
  if (choice === 'full') return {};
  return { size: choice === 'auto' ? cloneSize : Number(choice) };
}

/** What the form offers to set but need not be set; null leaves it to the program. */
export const advancedFields = ['hidden', 'layers', 'omega', 'seed', 'threads'] as const;
export type AdvancedField = (typeof advancedFields)[number];

/** What the user wants of the next run. What is shown was made with the running or finished job's own request. */
export type TrainingSettings = Settings['training'];

export const defaultSettings: Readonly<TrainingSettings> = defaults.training;

const sizes = [64, 96, 128, 192, 256, 384, 512, 768, 1024];

/** The working sizes offered for a photograph: the usual ones that do not enlarge it, and its own if it is smaller. */
export function sizesFor(longerSide: number): number[] {
  const fitting = sizes.filter((size) => size <= longerSide);
  return fitting.length > 0 ? fitting : [Math.max(longerSide, limits.size[0])];
}

/** The size that will be trained at: the wish, or the largest the photograph allows. */
export function sizeWithin(wish: number, longerSide: number): number {
  return Math.min(wish, Math.max(longerSide, limits.size[0]));
}

/** What a reconstruction's workspace has chosen. */
export interface Chosen {
  readonly image: ImageSummary;
  /** Fused with it over the whole frame, as much of it as `alpha` leaves. */
  readonly second: ImageSummary | null;
  readonly alpha: number;
  readonly settings: TrainingSettings;
}

/** The request that trains what is chosen: a fusion where there is a second photograph. */
export function requestOf({ image, second, alpha, settings }: Chosen): JobRequest {
  const longerSide = Math.max(image.width, image.height);
  if (second === null) return toRequest(settings, image.id, longerSide);
  return { kind: 'fuse', imageA: image.id, imageB: second.id, alpha, ...trainingOf(settings, longerSide) };
}

/** The request that trains `imageId` with these settings; numbers out of range are brought into it. */
export function toRequest(settings: TrainingSettings, imageId: string, longerSide: number): JobRequest {
  return { kind: 'reconstruct', imageId, from: settings.from, ...trainingOf(settings, longerSide) };
}

/** What every kind of training is told. */
function trainingOf(settings: TrainingSettings, longerSide: number) {
  const within = ([low, high]: readonly [number, number], value: number) =>
    Math.min(Math.max(value, low), high);
  const { operator, loss, budget, provider } = settings;
  const chosen = advancedFields.flatMap((field) => {
    const value = settings[field];
    if (value === null || !Number.isFinite(value)) return [];
    const bounded = within(limits[field], value);
    return [[field, field === 'omega' ? bounded : Math.round(bounded)]];
  });
  return {
    operator,
    size: sizeWithin(settings.size, longerSide),
    loss,
    budget: budgetOf(budget, settings.seconds),
    ...(provider !== null && { provider }),
    ...(Object.fromEntries(chosen) as Partial<Record<AdvancedField, number>>),
  };
}
