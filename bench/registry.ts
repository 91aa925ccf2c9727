import type { Bench } from './bench.ts';
import { clone128Import } from './clone-128-import.bench.ts';
import { clone128Mixed } from './clone-128-mixed.bench.ts';
import { clone256Import } from './clone-256-import.bench.ts';
import { firstPicture } from './first-picture.bench.ts';
import { fuse128 } from './fuse-128.bench.ts';
import { growth } from './growth.bench.ts';
import { inTheApp } from './in-the-app.bench.ts';
import { keeping } from './keeping.bench.ts';
import { largeClone } from './large-clone.bench.ts';
import { laplacian128 } from './laplacian-128.bench.ts';
import { painting } from './painting.bench.ts';
import { providerRates } from './providers.bench.ts';
import { publishedRecipe } from './published-recipe.bench.ts';
import { race } from './race.bench.ts';
import { scaling } from './scaling.bench.ts';
import { quality } from './quality.bench.ts';
import { reconstruct128 } from './reconstruct-128.bench.ts';
import { reconstruct256 } from './reconstruct-256.bench.ts';
import { residual128 } from './residual-128.bench.ts';
import { soon } from './soon.bench.ts';
import { solver } from './solver.bench.ts';
import { startup } from './startup.bench.ts';
import { stepRate } from './step-rate.bench.ts';
import { sweep } from './sweep.bench.ts';
import { timesSooner } from './times-sooner.bench.ts';

/** Every bench, in the order they run and are reported in. */
export const benches: readonly Bench[] = [
  reconstruct128,
  reconstruct256,
  residual128,
  laplacian128,
  fuse128,
  clone128Import,
  clone128Mixed,
  clone256Import,
  ...soon,
  startup,
  firstPicture,
  inTheApp,
  stepRate,
  scaling,
  providerRates,
  solver,
  publishedRecipe,
  timesSooner,
  growth,
  largeClone,
  quality,
  sweep,
  race,
  painting,
  keeping,
];
