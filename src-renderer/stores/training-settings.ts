import { limits, type JobRequest } from '../../src-shared/contract/schemas.ts';
import type { Operator, Supervision } from '../../src-shared/model/field.ts';
import { defaultLoss } from '../../src-shared/model/training.ts';
import type { Loss, Provider } from '../../src-shared/model/training.ts';

/** How long to train: three tempers, or the user's own number of seconds. */
export const budgetSeconds = { draft: 10, normal: 30, fine: 120 } as const;
export type BudgetName = keyof typeof budgetSeconds | 'custom';

/** What the form offers to set but need not be set; null leaves it to the program. */
export const advancedFields = ['hidden', 'layers', 'omega', 'seed', 'threads'] as const;
export type AdvancedField = (typeof advancedFields)[number];

/** What the user wants of the next run. What is shown was made with the running or finished job's own request. */
export interface TrainingSettings extends Record<AdvancedField, number | null> {
  from: Supervision;
  operator: Operator;
  size: number;
  loss: Loss;
  budget: BudgetName;
  seconds: number;
  /** Where it computes; null for the fastest there is. */
  provider: Provider | null;
}

export const defaultSettings: Readonly<TrainingSettings> = {
  from: 'gradient',
  operator: 'staggered',
  size: 256,
  loss: defaultLoss,
  budget: 'normal',
  seconds: 60,
  hidden: null,
  layers: null,
  omega: null,
  seed: null,
  threads: null,
  provider: null,
};

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

/** The request that trains `imageId` with these settings; numbers out of range are brought into it. */
export function toRequest(settings: TrainingSettings, imageId: string, longerSide: number): JobRequest {
  const within = ([low, high]: readonly [number, number], value: number) =>
    Math.min(Math.max(value, low), high);
  const { from, operator, loss, budget, provider } = settings;
  const seconds = budget === 'custom' ? within(limits.seconds, settings.seconds) : budgetSeconds[budget];
  const chosen = advancedFields.flatMap((field) => {
    const value = settings[field];
    if (value === null || !Number.isFinite(value)) return [];
    const bounded = within(limits[field], value);
    return [[field, field === 'omega' ? bounded : Math.round(bounded)]];
  });
  return {
    kind: 'reconstruct',
    imageId,
    from,
    operator,
    size: sizeWithin(settings.size, longerSide),
    loss,
    budget: { seconds },
    ...(provider !== null && { provider }),
    ...(Object.fromEntries(chosen) as Partial<Record<AdvancedField, number>>),
  };
}
