import type { Provider } from '../../../src-shared/model/training.ts';
import type { Engine } from '../../siren/engine.ts';
import { profiles } from './profile.ts';
import { ProviderEngine } from './provider-engine.ts';

/** An engine on one of onnxruntime's providers; what cannot work says so when it is first used. */
export function openProvider(provider: Provider): Engine {
  // cuBLAS would round factors to TF32's 10 bits, which angles of some hundred radians don't survive.
  if (provider === 'cuda') process.env['NVIDIA_TF32_OVERRIDE'] ??= '0';
  return new ProviderEngine(profiles[provider]);
}
