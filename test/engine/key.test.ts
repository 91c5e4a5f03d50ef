import { expect, test } from 'vitest';
import fc from 'fast-check';
import { canonical } from '../../src/engine/canonical.ts';
import { keyOf, type KeyParts } from '../../src/engine/key.ts';

const parts: KeyParts = { type: 'image', version: 1, params: { tier: 'speed' }, inputs: { seed: { kind: 'seed', seed: 1, locked: true } }, route: 'sketch 1 delivery' };

test('canonical text does not depend on the order of keys, and differs when data does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).reverse());
      expect(canonical(reversed)).toBe(canonical(record));
      expect(JSON.parse(canonical(record))).toEqual(JSON.parse(JSON.stringify(record)));
    }),
  );
  expect(canonical({ a: undefined, b: -0 })).toBe('{"b":0}');
  expect(() => canonical(Number.NaN)).toThrow(TypeError);
});

test('every ingredient changes the key, and nothing else does', () => {
  const key = keyOf(parts);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(keyOf(structuredClone(parts))).toBe(key);
  const others: KeyParts[] = [
    { ...parts, type: 'film' },
    { ...parts, version: 2 },
    { ...parts, params: { tier: 'budget' } },
    { ...parts, inputs: { seed: { kind: 'seed', seed: 2, locked: true } } },
    { ...parts, inputs: {} },
    { ...parts, route: 'sketch 1 draft' },
  ];
  expect(new Set([key, ...others.map(keyOf)]).size).toBe(others.length + 1);
});
