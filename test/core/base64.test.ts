import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../src/core/base64.ts';

test('bytes are the same after they were text', () => {
  // More than go into one call.
  const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => at % 256);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

test('a data address is read from its comma on', () => {
  expect(fromBase64('data:image/png;base64,aGk=')).toEqual(new Uint8Array([104, 105]));
});

test('what is not base64 is not read', () => {
  expect(fromBase64('{"no": "picture"}')).toBeUndefined();
});
