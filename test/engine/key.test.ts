import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parseParams } from '../../src/core/params.ts';
import { canonical } from '../../src/engine/canonical.ts';
import { compile } from '../../src/engine/compile.ts';
import { hashOf, cacheKeyOf, keyedParams, type KeyParts } from '../../src/engine/key.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const parts: KeyParts = {
  type: 'image',
  version: 1,
  params: { tier: 'speed' },
  inputs: { seed: { kind: 'seed', seed: 1, locked: true } },
  route: 'sketch 1 delivery',
};

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
  const key = cacheKeyOf(parts);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(cacheKeyOf(structuredClone(parts))).toBe(key);
  const others: KeyParts[] = [
    { ...parts, type: 'film' },
    { ...parts, version: 2 },
    { ...parts, params: { tier: 'budget' } },
    { ...parts, inputs: { seed: { kind: 'seed', seed: 2, locked: true } } },
    { ...parts, inputs: {} },
    { ...parts, route: 'sketch 1 draft' },
  ];
  expect(new Set([key, ...others.map((other) => cacheKeyOf(other))]).size).toBe(others.length + 1);
});

test('keys stay what they were: results stored by an earlier release are found', () => {
  expect(cacheKeyOf(parts)).toBe('1d1c7bbe941a4e164f0709591b24e382');
  expect(hashOf({ b: ['“quotes”', 'line\nbreak', -0], a: null })).toBe('8121f0836595dd623598c0241ffcf434');
});

test('a param that came later is in no key while it is at its default: takes from before it are found', () => {
  for (const [type, size] of [
    ['film', '480p'],
    ['animate', '720p'],
  ] as const) {
    const { params: specs } = registry.get(type)!;
    const keyed = (params: object) => keyedParams(specs, parseParams(specs, { ...params }).values);
    expect(keyed({})).toEqual({ tier: 'speed', size });
    expect(keyed({ sound: false })).toEqual({ tier: 'speed', size });
    expect(keyed({ sound: true })).toEqual({ tier: 'speed', size, sound: true });
    const graph = (params: object) => graphOf({ n: [type, { ...params }] }, []);
    const textOf = (params: object) => compile(graph(params), registry).steps[0]!.text;
    expect(textOf({ sound: false })).toBe(`{"size":"${size}","tier":"speed"}`);
    expect(textOf({ sound: true })).toBe(`{"size":"${size}","sound":true,"tier":"speed"}`);
  }
});
