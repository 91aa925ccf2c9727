import { describe, expect, it } from 'vitest';
import type { Inspector, PaneChoice } from '../stores/inspector.svelte.ts';
import { newJob } from '../stores/job.ts';
import type { Transport } from '../transport/transport.ts';
import { InspectLoader } from './inspect-loader.ts';

const request = { kind: 'reconstruct', imageId: 'i', from: 'gradient', budget: { steps: 9 } } as const;
const job = { ...newJob('j', request), state: 'finished' } as const;
const choice: PaneChoice = { of: 'network', minus: null, view: 'value', gain: 1 };

function setUp() {
  const inspector = { pictures: [], loading: false } as unknown as Inspector;
  const errors: unknown[] = [];
  let asked = 0;
  const transport = {
    request: () => {
      asked++;
      return Promise.resolve({ bufferId: 'b', width: 2, height: 1, channels: 1, dtype: 'f32' });
    },
    fetchBuffer: () => Promise.resolve(Float32Array.of(0, 1).buffer),
  } as unknown as Transport;
  const loader = new InspectLoader(transport, inspector, (error) => errors.push(error));
  return { loader, inspector, errors, asked: () => asked };
}

describe('the inspector’s pictures', () => {
  it('are brought, and no longer on their way then', async () => {
    const { loader, inspector, errors } = setUp();
    const update = loader.update(job, [choice], null);
    expect(inspector.loading).toBe(true);
    await update;
    expect([inspector.pictures.length, inspector.loading, errors]).toEqual([1, false, []]);
  });

  it('are none, and none is on its way, once there is nothing to inspect', async () => {
    const { loader, inspector } = setUp();
    const update = loader.update(job, [choice], null);
    await loader.update(null, [choice], null);
    await update;
    expect([inspector.pictures, inspector.loading]).toEqual([[null], false]);
  });

  it('are asked for once, and anew when the job has been trained further', async () => {
    const { loader, asked } = setUp();
    const after = (steps: number) => loader.update({ ...job, metrics: { steps } }, [choice], null);
    await after(9);
    await after(9);
    expect(asked()).toBe(1);
    await after(18);
    expect(asked()).toBe(2);
  });
});
