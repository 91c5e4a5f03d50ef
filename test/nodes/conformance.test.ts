import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAYERS } from '../../src/core/node.ts';
import { registry } from '../../src/registry.ts';
import { completeness, conformance, importsOf, LIGHT_IMPORT } from '../rig/conformance.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

conformance(registry, testArtifacts);
completeness(registry);

test('there are nodes: a pattern that matches nothing would build silently', () =>
  expect(registry.size).toBeGreaterThan(15));

const files = LAYERS.flatMap((layer) =>
  readdirSync(`nodes/${layer}`)
    .filter((name) => !name.startsWith('_'))
    .map((name) => ({ layer, id: name.replace('.ts', ''), path: `nodes/${layer}/${name}` })),
);

test.each(files)(
  '$path: its folder is its layer, and it only loads heavy things when it runs',
  ({ layer, id, path }) => {
    expect(registry.get(id)?.layer).toBe(layer);
    for (const source of importsOf(readFileSync(path, 'utf8'))) expect(source).toMatch(LIGHT_IMPORT);
  },
);

test('prompt variables are filled in, and a missing one is named', async () => {
  const prompt = registry.get('prompt')!;
  const ctx = contextOver(testArtifacts(), new AbortController().signal);
  const params = (variables: Record<string, string>) =>
    ({ inputs: {}, params: { text: 'a {{ thing }} at dusk', negative: '', variables } }) as never;
  expect(await prompt.run(params({ thing: 'boat' }), ctx)).toEqual({
    prompt: { kind: 'prompt', text: 'a boat at dusk', negative: '' },
  });
  await expect(prompt.run(params({}), ctx)).rejects.toThrow('The prompt uses {{thing}}, which has no value.');
});
