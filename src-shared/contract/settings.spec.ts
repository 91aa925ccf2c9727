import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { valid } from '../../tests/fixtures/schema-arbitrary.ts';
import version1 from '../../tests/fixtures/settings/version-1.json' with { type: 'json' };
import version2 from '../../tests/fixtures/settings/version-2.json' with { type: 'json' };
import version3 from '../../tests/fixtures/settings/version-3.json' with { type: 'json' };
import { defaultSettings, readSettings, settings } from './settings.ts';

describe('settings', () => {
  it('have defaults that fit their schema', () => {
    expect(v.parse(settings, defaultSettings)).toEqual(defaultSettings);
  });

  it('of every version there was are read as today’s', () => {
    const { training } = defaultSettings;
    const chosen = { ...training, from: 'laplacian', budget: 'custom', seconds: 45, threads: 3, omega: 22.5 };
    const asNow = (interfaceSize: number) => ({
      kind: 'settings',
      settings: { version: 3, theme: 'dark', interfaceSize, training: chosen },
    });
    expect(readSettings(version1)).toEqual(asNow(100));
    expect(readSettings(version2)).toEqual(asNow(100));
    expect(readSettings(version3)).toEqual(asNow(150));
  });

  it('that were stored are read back as they were', () =>
    fc.assert(
      fc.property(valid(settings), (stored) => {
        const read = readSettings(JSON.parse(JSON.stringify(stored)));
        expect(read).toEqual({ kind: 'settings', settings: JSON.parse(JSON.stringify(stored)) as unknown });
      }),
      { seed: 3 },
    ));

  it('that cannot be understood are refused or mended, never taken as they are', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const read = readSettings(stored);
        if (read.kind === 'settings') expect(v.is(settings, read.settings)).toBe(true);
        else expect(['damaged', 'newer']).toContain(read.kind);
      }),
      { seed: 4 },
    ));

  it('keep what is sound where one value is not', () => {
    const stored = {
      ...version3,
      theme: 'pink',
      interfaceSize: 40,
      training: { ...version3.training, size: -1, seconds: 'long' },
    };
    expect(readSettings(stored)).toMatchObject({
      kind: 'settings',
      settings: {
        theme: 'system',
        interfaceSize: 100,
        training: { from: 'laplacian', size: 256, seconds: 60, threads: 3 },
      },
    });
  });

  it('of a later Seamfield are known as such', () => {
    expect(readSettings({ ...version3, version: 4 })).toEqual({ kind: 'newer' });
  });
});
