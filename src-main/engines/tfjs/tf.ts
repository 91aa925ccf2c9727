/**
 * What the tfjs engine needs of TensorFlow.js: tfjs-core's functions and nothing of a backend's own. Whichever package
 * brings them (tfjs-node-gpu on a user's machine, tfjs-core on its CPU backend in the tests) is handed in.
 */
import type * as core from '@tensorflow/tfjs-core';

export type Tensor = core.Tensor;
export type Tensor2D = core.Tensor2D;

export type Tf = Pick<
  typeof core,
  | 'add'
  | 'cos'
  | 'dispose'
  | 'div'
  | 'keep'
  | 'matMul'
  | 'memory'
  | 'minimum'
  | 'mul'
  | 'ready'
  | 'scalar'
  | 'sin'
  | 'sqrt'
  | 'stack'
  | 'sub'
  | 'sum'
  | 'tensor'
  | 'tensor2d'
  | 'tidy'
  | 'zeros'
>;
