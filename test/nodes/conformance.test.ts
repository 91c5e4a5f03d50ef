import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAYERS } from '../../src/core/node.ts';
import { registry } from '../../src/registry.ts';
import { conformance } from '../rig/conformance.ts';
import { memoryArtifacts } from '../../src/headless/memory-ports.ts';

conformance(registry, memoryArtifacts);

const files = LAYERS.flatMap((layer) =>
  readdirSync(`nodes/${layer}`)
    .filter((name) => !name.startsWith('_'))
    .map((name) => ({ layer, id: name.replace('.ts', ''), path: `nodes/${layer}/${name}` })),
);

test.each(files)(
  '$path: its folder is its layer, and it only loads heavy things when it runs',
  ({ layer, id, path }) => {
    expect(registry.get(id)?.layer).toBe(layer);
    const statics = [...readFileSync(path, 'utf8').matchAll(/^import .* from '(.+)';$/gm)].map((match) => match[1]);
    for (const source of statics) expect(source).toMatch(/^(\.\.\/\.\.\/src\/core\/node-api\.ts|\.\/_[\w-]+\.ts)$/);
  },
);

test.each([...registry.values()])('$id is complete: texts, migrations, `when`, seeds, plain data', (definition) => {
  expect(definition.summary.length).toBeGreaterThan(20);
  expect(definition.docs.length).toBeGreaterThan(60);
  expect(Object.keys(definition.example).length + Object.keys(definition.params).length).toBeGreaterThan(0);
  expect(Object.keys(definition.migrations ?? {}).map(Number)).toEqual(
    Array.from({ length: definition.version - 1 }, (_, k) => k + 2),
  );
  for (const spec of Object.values(definition.params))
    if (spec.when) expect(definition.params).toHaveProperty(spec.when.param);
  if (definition.determinism === 'seeded')
    expect('seed' in definition.inputs || 'seed' in definition.params).toBe(true);
  const { run: _run, cost: _cost, request: _request, migrations: _migrations, ...data } = definition;
  expect(structuredClone(data)).toEqual(data);
});

test('prompt variables are filled in, and a missing one is named', async () => {
  const { contextOver } = await import('../../src/headless/memory-ports.ts');
  const prompt = registry.get('prompt')!;
  const ctx = contextOver(memoryArtifacts(), new AbortController().signal);
  const params = (variables: Record<string, string>) =>
    ({ inputs: {}, params: { text: 'a {{ thing }} at dusk', negative: '', variables } }) as never;
  expect(await prompt.run(params({ thing: 'boat' }), ctx)).toEqual({
    prompt: { kind: 'prompt', text: 'a boat at dusk', negative: '' },
  });
  await expect(prompt.run(params({}), ctx)).rejects.toThrow('The prompt uses {{thing}}, which has no value.');
});
