import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as v from 'valibot';
import { invalid, unbounded, valid } from '../../tests/fixtures/schema-arbitrary.ts';
import { channels } from './channels.ts';

const requests = Object.entries(channels).map(
  ([name, { request }]) => [name, request as v.GenericSchema] as const,
);

describe.each(requests)('a request of %s', (name, schema) => {
  it('has a largest size: no text and no list in it grows without bound', () => {
    expect(unbounded(schema, name)).toEqual([]);
  });

  it('has generators of what it is and of what it is not', () => {
    fc.assert(
      fc.property(valid(schema, new Map(), name), (value) => v.safeParse(schema, value).success),
      { seed: 5, numRuns: 50 },
    );
    fc.assert(
      fc.property(invalid(schema, new Map(), name), (value) => !v.safeParse(schema, value).success),
      { seed: 5, numRuns: 50 },
    );
  });
});

describe('the generators', () => {
  it('say which schema they cannot read', () => {
    expect(() => valid(v.object({ when: v.date() }), new Map(), 'x:y')).toThrow('x:y.when');
    expect(() => valid(v.pipe(v.string(), v.emoji()), new Map(), 'x:y')).toThrow('emoji');
  });

  it('find what grows without bound', () => {
    const open = v.object({ name: v.string(), list: v.array(v.object({ id: v.string() })), n: v.number() });
    expect(unbounded(open, 'x:y')).toEqual(['x:y.name', 'x:y.list', 'x:y.list.[].id']);
  });
});
