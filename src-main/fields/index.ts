export { average } from './average.ts';
export { cloneGuidance, type CloneGuidance, type CloneRequest } from './clone-guidance.ts';
export { derivativesOf, directionOf, magnitudeOf, type Derivatives } from './derivatives.ts';
export { exactSolution } from './exact/exact-solution.ts';
export { fuse, type FusedField, type Fusion } from './fuse.ts';
export { gradientOf } from './gradient.ts';
export { laplacianOf } from './laplacian.ts';
export type { Raster, Rectangle } from './raster.ts';
