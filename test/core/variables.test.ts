import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filledIn, variablesIn } from '../../src/core/variables.ts';
import prompt from '../../nodes/control/prompt.ts';
import type { RunContext } from '../../src/core/node-api.ts';

/** What a name between braces is, as a pattern: right, but it tries every way to share out the spaces. */
const PATTERN = /\{\{\s*([\w -]+?)\s*\}\}/g;

test('property: names are found where the pattern finds them', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom('{', '}', '{{', '}}', ' ', '\n', 'a', '-', '_', 'é', '.'), { maxLength: 14 })
        .map((signs) => signs.join('')),
      (text) => {
        expect(variablesIn(text)).toEqual([...new Set([...text.matchAll(PATTERN)].map((match) => match[1]!))]);
        expect(filledIn(text, (name) => `<${name}>`)).toBe(text.replace(PATTERN, (_, name: string) => `<${name}>`));
      },
    ),
    { numRuns: 3000 },
  );
});

test('a prompt of braces and spaces is read in one pass', () => {
  const blank = ' '.repeat(1_000_000);
  expect(variablesIn(`{{${blank}`)).toEqual([]);
  expect(variablesIn(`{{${blank}a${blank}}`)).toEqual([]);
  expect(variablesIn('{'.repeat(1_000_000))).toEqual([]);
  expect(variablesIn(`${'{{a '.repeat(300_000)}{{name}}`)).toEqual(['name']);
});

test('a variable may have the name of something every object has, and then needs a value like any other', async () => {
  const run = (variables: Record<string, string>) =>
    prompt.run({ inputs: {}, params: { text: 'a {{constructor}}', negative: '', variables } }, {} as RunContext);
  await expect(run({})).rejects.toThrow('The prompt uses {{constructor}}, which has no value.');
  expect(await run({ constructor: 'crane' } as Record<string, string>)).toEqual({
    prompt: { kind: 'prompt', text: 'a crane', negative: '' },
  });
});
