import { describeEngine } from '../engine-contract.ts';
import { ProviderEngine } from './provider-engine.ts';
import { profiles } from './profile.ts';

const onTheCpu = { ortName: 'cpu', sessionOptions: profiles.cpu.sessionOptions } as const;
const rounding = { drift: [1e-3, 1e-3], value: 1e-4 } as const;

// What the profiles make of the graphs is the same mathematics, whoever runs it: here the CPU provider does.
describeEngine(
  'graphs with slabs and narrowed angles',
  () => new ProviderEngine({ ...profiles.webgpu, ...onTheCpu, keepsState: false, slabRows: 8 }),
  rounding,
);
describeEngine(
  'graphs of several steps',
  () => new ProviderEngine({ ...profiles.cuda, ...onTheCpu, stepsPerGraph: 4 }),
  rounding,
);
