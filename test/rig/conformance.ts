/** What every node must keep, run against any artifacts: in Node and in a real browser. */
import { expect, test } from 'vitest';
import type { Artifacts, NodeDefinition, WholeRegistry } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import { canonical } from '../../src/engine/canonical.ts';
import { contextOver, takePlanFor } from './node-context.ts';
import { sampleValues } from './samples.ts';

const never = new AbortController().signal;

export function conformance(registry: WholeRegistry, artifactsFor: () => Artifacts): void {
  test.each([...registry.values()])(
    '$id gives equal content twice and changes none of its inputs',
    async (definition) => {
      const artifacts = artifactsFor();
      const given = await argumentsFor(definition, artifacts);
      const before = canonical(given);
      const results = [];
      for (let k = 0; k < 2; k++)
        results.push(
          canonical(
            await definition.run(
              given,
              contextOver(artifacts, never, { takePlan: definition.request && takePlanFor(definition, given) }),
            ),
          ),
        );
      expect(results[1]).toBe(results[0]);
      expect(canonical(given)).toBe(before);
    },
  );

  test.each(
    [...registry.values()].filter((definition) => definition.layer !== 'control' && definition.id !== 'deliver'),
  )('$id stops at the first breath after an abort', async (definition) => {
    const artifacts = artifactsFor();
    const given = await argumentsFor(definition, artifacts);
    const abort = new AbortController();
    let breaths = 0;
    const takePlan = definition.request && takePlanFor(definition, given);
    const breathe = async () => {
      breaths++;
      abort.abort();
      abort.signal.throwIfAborted();
    };
    const ctx = contextOver(artifacts, abort.signal, {
      takePlan,
      ports: { ctx: { artifacts, signal: abort.signal, progress: breathe } },
    });
    await expect(definition.run(given, { ...ctx, progress: breathe })).rejects.toThrow();
    expect(breaths).toBe(1);
  });
}

/** What can be seen of a node without running it. */
export function completeness(registry: WholeRegistry): void {
  test.each([...registry.values()])('$id is complete: texts, migrations, `when`, seeds, plain data', (definition) => {
    expect(definition.summary.length).toBeGreaterThan(20);
    expect(definition.docs.length).toBeGreaterThan(60);
    const { example, inputs, params } = definition;
    expect(Object.keys({ ...example, ...inputs, ...params }).length).toBeGreaterThan(0);
    expect(Object.keys(definition.migrations ?? {}).map(Number)).toEqual(
      Array.from({ length: definition.version - 1 }, (_, k) => k + 2),
    );
    for (const spec of Object.values(definition.params))
      if (spec.when) expect(definition.params).toHaveProperty(spec.when.param);
    if (definition.determinism === 'seeded')
      expect('seed' in definition.inputs || 'seed' in definition.params).toBe(true);
    const {
      run: _run,
      cost: _cost,
      request: _request,
      check: _check,
      stretches: _stretches,
      migrations: _migrations,
      ...data
    } = definition;
    expect(structuredClone(data)).toEqual(data);
  });
}

/** What a node file may import before it runs. */
export const LIGHT_IMPORT = /^(\.\.\/\.\.\/src\/core\/node-api\.ts|\.\/_[\w-]+\.ts)$/;
export const importsOf = (source: string): readonly string[] =>
  [...source.matchAll(/^import .* from '(.+)';$/gm)].map(([, from]) => from!);

async function argumentsFor(definition: NodeDefinition, artifacts: Artifacts) {
  const samples = await sampleValues(artifacts);
  const inputs: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(definition.inputs)) {
    const value = samples[spec.kind as keyof typeof samples];
    if (value) inputs[name] = spec.many ? [value] : value;
  }
  const { hash, width, height } = samples.image;
  const file = { hash, name: 'sample.png', mime: 'image/png', width, height };
  const files = Object.entries(definition.params).filter(([, spec]) => spec.kind === 'file' && spec.accept !== 'lut');
  const chosen = Object.fromEntries(files.map(([name]) => [name, file]));
  const { values, problems } = parseParams(definition.params, { ...chosen, ...definition.example });
  expect(problems).toEqual([]);
  return { inputs, params: values } as unknown as Parameters<NodeDefinition['run']>[0];
}
