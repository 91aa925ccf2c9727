import * as v from 'valibot';
import { operators, supervisions } from '../model/field.ts';
import { defaultLoss, losses, providers } from '../model/training.ts';
import { limits } from './limits.ts';

/** Raised whenever the shape of the settings changes; `steps` then gets the way there. */
export const settingsVersion = 3;

/** How large everything but the pictures is drawn, per cent of what the system asks for. */
export const interfaceSizes = [100, 125, 150, 175, 200] as const;
export type InterfaceSize = (typeof interfaceSizes)[number];

const within = ([min, max]: readonly [number, number]) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const auto = (range: readonly [number, number]) => v.nullable(within(range));

/** What the user chose for good: how the app looks, and what the next training begins with. */
export const settings = v.strictObject({
  version: v.literal(settingsVersion),
  theme: v.picklist(['system', 'light', 'dark']),
  interfaceSize: v.picklist(interfaceSizes),
  training: v.strictObject({
    from: v.picklist(supervisions),
    operator: v.picklist(operators),
    size: v.pipe(within(limits.size), v.integer()),
    loss: v.picklist(losses),
    budget: v.picklist(['draft', 'normal', 'fine', 'custom']),
    seconds: within(limits.seconds),
    /** null leaves these to the program. */
    hidden: auto(limits.hidden),
    layers: auto(limits.layers),
    omega: auto(limits.omega),
    seed: auto(limits.seed),
    threads: auto(limits.threads),
    provider: v.nullable(v.picklist(providers)),
  }),
});
export type Settings = v.InferOutput<typeof settings>;

export const defaultSettings: Settings = {
  version: settingsVersion,
  theme: 'system',
  interfaceSize: 100,
  training: {
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
  },
};

type Loose = Readonly<Record<string, unknown>>;

/** How settings of one version become those of the next, by the version they begin at. Pure; never removed. */
const steps: readonly { readonly from: number; readonly migrate: (old: Loose) => Loose }[] = [
  // 1: what pages kept in the browser's storage, without saying a version.
  { from: 1, migrate: ({ theme, settings: training }) => ({ version: 2, theme, training }) },
  // 2: everything was drawn at the system's size.
  { from: 2, migrate: (old) => ({ ...old, version: 3, interfaceSize: 100 }) },
];

/** What stored settings come to: themselves, brought up to date; or why they cannot be used. */
export type Read =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** Written by a later Seamfield, whose settings are not ours to overwrite. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' };

/** Reads settings of any version, from parsed JSON. A single value that is no longer understood falls to its default. */
export function readSettings(stored: unknown): Read {
  if (!isLoose(stored)) return { kind: 'damaged' };
  const version = stored['version'] ?? 1;
  if (typeof version !== 'number') return { kind: 'damaged' };
  if (version > settingsVersion) return { kind: 'newer' };
  const migrated = steps
    .filter(({ from }) => from >= version)
    .reduce<Loose>((old, { migrate }) => migrate(old), stored);
  const { theme, interfaceSize, training } = migrated;
  if (!isLoose(training)) return { kind: 'damaged' };
  const known = settings.entries.training.entries;
  const kept = Object.entries(known).map(([key, schema]) => {
    const parsed = v.safeParse(schema, training[key]);
    return [
      key,
      parsed.success ? parsed.output : defaultSettings.training[key as keyof Settings['training']],
    ];
  });
  const look = v.safeParse(settings.entries.theme, theme);
  const size = v.safeParse(settings.entries.interfaceSize, interfaceSize);
  return {
    kind: 'settings',
    settings: {
      version: settingsVersion,
      theme: look.success ? look.output : defaultSettings.theme,
      interfaceSize: size.success ? size.output : defaultSettings.interfaceSize,
      training: Object.fromEntries(kept) as Settings['training'],
    },
  };
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
