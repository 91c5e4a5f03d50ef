import fc from 'fast-check';
import { produce } from 'immer';
import { expect, test } from 'vitest';
import { between, makeComponent, unpackComponent } from '../../src/graph/component-edits.ts';
import { toggleExposedParam } from '../../src/graph/exposing.ts';
import { whyNotPlace } from '../../src/graph/nesting.ts';
import { nodeAt, registryWith, setParamAt } from '../../src/graph/component.ts';
import { expanded, flatTargets, rehomed } from '../../src/graph/flat-graph.ts';
import { componentIdOf, typeOfComponent } from '../../src/graph/component-type.ts';
import { addNode, type ComponentDraft, type GraphDraft } from '../../src/graph/edits.ts';
import { nodeIds, type Graph } from '../../src/graph/graph.ts';
import type { ComponentId, NodeId } from '../../src/core/ids.ts';
import { compile } from '../../src/engine/compile.ts';
import { gather } from '../../src/engine/gather.ts';
import { defineNode, p, s } from '../../src/core/node-api.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import type { Outputs } from '../../src/core/values.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { graphOf, toys } from '../rig/graphs.ts';
import { inWords } from '../../src/core/say.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const ids = (...names: string[]) => names as NodeId[];
const made = (graph: Graph, chosen: readonly NodeId[]): { graph: Graph; instance: NodeId; component: ComponentId } => {
  let instance: NodeId | undefined;
  const next = edit(
    graph,
    (draft) =>
      (instance = makeComponent(
        draft,
        draft,
        registryWith(toys, () => draft.components as Graph['components']),
        chosen,
        'Sum of two',
      )),
  );
  return { graph: next, instance: instance!, component: componentIdOf(next.nodes[instance!]!.type)! };
};

/** What every node of a graph of toys says, by flat id. */
async function numbers(graph: Graph): Promise<Record<string, number>> {
  const { steps } = compile(expanded(graph), toys);
  const outputs: (Outputs | undefined)[] = [];
  const found: Record<string, number> = {};
  for (const [at, step] of steps.entries()) {
    if (step.problems.length) continue;
    const { params, inputs } = gather(step, outputs);
    outputs[at] = (await toys
      .get(step.definition!.id)!
      .run({ params, inputs: { terms: [], ...inputs } } as never, {} as never)) as Outputs;
    const out = outputs[at]!['out'];
    if (out?.kind === 'number') found[step.id] = out.number;
  }
  return found;
}

const chain = graphOf(
  { a: ['n', { value: 1 }], b: ['n', { value: 10 }], s: ['sum', { add: 100 }], t: 'step', u: 'step' },
  ['a.out > s.terms', 'b.out > s.terms', 's.out > t.in', 't.out > u.in'],
);

test('an instance has the sockets of the wires that crossed, and the graph says what it said before', async () => {
  const { graph, instance, component } = made(chain, ids('s', 't'));
  const definition = registryWith(toys, () => graph.components).get(typeOfComponent(component))!;
  expect(Object.values(definition.inputs).map(({ kind }) => kind)).toEqual(['number', 'number']);
  expect(Object.keys(definition.outputs)).toHaveLength(1);
  expect(Object.keys(graph.nodes).sort()).toEqual(['a', 'b', 'u', instance].sort());
  expect(await numbers(graph)).toEqual({ a: 1, b: 10, [`${instance}/s`]: 111, [`${instance}/t`]: 112, u: 113 });
});

test('two instances share the definition; what one exposes it has for itself', async () => {
  const { graph, instance, component } = made(chain, ids('s', 't'));
  const shown = edit(graph, (draft) =>
    toggleExposedParam(draft.components[component] as ComponentDraft, 's' as NodeId, 'add'),
  );
  const known = registryWith(toys, () => shown.components);
  let second: NodeId | undefined;
  const two = edit(shown, (draft) => {
    second = addNode(draft, known.get(typeOfComponent(component))!, { x: 0, y: 0 });
    setParamAt(draft, `${second}/s` as NodeId, 'add', 5);
    setParamAt(draft, `${second}/t` as NodeId, 'unheard', 1);
  });
  expect(two.nodes[second!]!.params).toEqual({ add: 5 });
  expect(nodeAt(two, `${instance}/t` as NodeId)!.params).toEqual({ unheard: 1 });
  const said = await numbers(two);
  expect([said[`${instance}/s`], said[`${second}/s`]]).toEqual([111, 5]);
  expect(flatTargets(expanded(two), [second!]).sort()).toEqual([`${second}/s`, `${second}/t`]);
});

test('an exposed param keeps what it depends on, if that is exposed as well', () => {
  const picky = defineNode({
    id: 'picky',
    layer: 'control',
    version: 1,
    title: 'Picky',
    summary: '',
    docs: '',
    example: {},
    inputs: {},
    outputs: { out: s.number() },
    params: {
      mode: p.choice({ label: 'Mode', options: ['plain', 'rich'], default: 'plain' }),
      depth: p.float({ label: 'Depth', default: 1, min: 0, max: 9, when: { param: 'mode', is: ['rich'] } }),
    },
    determinism: 'pure',
    lane: 'cpu',
    run: async () => ({ out: { kind: 'number', number: 1 } }),
  });
  const { graph, component } = made(graphOf({ a: 'picky' }, []), ids('a'));
  const expose = (from: Graph, param: string) =>
    edit(from, (draft) => toggleExposedParam(draft.components[component] as ComponentDraft, 'a' as NodeId, param));
  const paramsOf = (from: Graph) =>
    registryWith(new Map([['picky', picky as unknown as NodeDefinition]]), () => from.components).get(
      typeOfComponent(component),
    )!.params;
  const alone = expose(graph, 'depth');
  expect(Object.values(paramsOf(alone))).toMatchObject([{ label: 'Depth' }]);
  expect(Object.values(paramsOf(alone))[0]).not.toHaveProperty('when');
  const both = paramsOf(expose(alone, 'mode'));
  expect(both[Object.keys(both).find((name) => both[name]!.label === 'Depth')!]).toMatchObject({
    when: { param: Object.keys(both).find((name) => both[name]!.label === 'Mode'), is: ['rich'] },
  });
});

test('property: making a component of any nodes, nested too, and unpacking it, changes no result', async () => {
  const wired = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 4, maxLength: 16 });
  let nested = 0;
  await fc.assert(
    fc.asyncProperty(
      wired,
      fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      async (pairs, choices) => {
        const names = Array.from({ length: 10 }, (_, k) => `n${k}`);
        let graph = graphOf(Object.fromEntries(names.map((name, k) => [name, ['sum', { add: 2 ** k }] as const])), [
          ...new Set(pairs.filter(([a, b]) => a < b).map(([a, b]) => `n${a}.out > n${b}.terms`)),
        ]);
        const before = Object.values(await numbers(graph)).sort((a, b) => a - b);
        const instances: NodeId[] = [];
        for (const choice of choices) {
          const all = nodeIds(graph);
          const chosen = [...new Set(choice.map((k) => all[k % all.length]!))];
          if (between(graph, chosen)) continue;
          if (chosen.some((id) => instances.includes(id))) nested++;
          const next = made(graph, chosen);
          graph = next.graph;
          instances.push(next.instance);
          expect(Object.values(await numbers(graph)).sort((a, b) => a - b)).toEqual(before);
        }
        while (nodeIds(graph).some((id) => componentIdOf(graph.nodes[id]!.type))) {
          graph = edit(graph, (draft) => nodeIds(draft).forEach((id) => unpackComponent(draft, draft, id)));
        }
        expect(Object.values(await numbers(graph)).sort((a, b) => a - b)).toEqual(before);
      },
    ),
    { numRuns: 120 },
  );
  expect(nested).toBeGreaterThan(10);
});

test('nodes with another between them cannot become one, and the one between is named', () => {
  expect(between(chain, ids('s', 'u'))).toBe('t');
  expect(between(chain, ids('s', 't', 'u'))).toBeUndefined();
  expect(between(chain, ids('a', 'u'))).toBe('s');
});

test('a component is refused inside itself, also by way of another', () => {
  const { graph, component, instance } = made(chain, ids('s'));
  const outer = made(graph, [instance, 't' as NodeId]);
  expect(whyNotPlace(outer.graph, [], component)).toBeUndefined();
  expect(whyNotPlace(outer.graph, [outer.instance], component)).toBeUndefined();
  expect(inWords(whyNotPlace(outer.graph, [outer.instance], outer.component)!)).toBe(
    '“Sum of two” cannot hold itself.',
  );
  const beside = edit(
    outer.graph,
    (draft) =>
      (draft.nodes['again' as NodeId] = {
        type: typeOfComponent(component),
        version: 1,
        params: {},
        position: { x: 0, y: 0 },
      }),
  );
  expect(inWords(whyNotPlace(beside, ids('again'), outer.component)!)).toBe(
    '“Sum of two” holds “Sum of two”, so it cannot be placed inside it.',
  );
});

test('a file whose component holds itself opens without it, and says so', () => {
  const loop = {
    title: 'Loop',
    nodes: { x: { type: 'component/loop', params: {}, position: { x: 0, y: 0 } } },
    wires: {},
    inputs: {},
    outputs: {},
    params: {},
  };
  const text = JSON.stringify({
    format: 'triptych',
    formatVersion: 2,
    title: 'T',
    nodes: { n: { type: 'component/loop', params: {} }, p: { type: 'prompt', params: { text: 'kept' } } },
    wires: {},
    components: { loop },
  });
  const parsed = parseGraphFile(text, registry);
  if (!parsed.ok) throw new Error(inWords(parsed.error.message));
  expect(parsed.value.graph.components).toEqual({});
  expect(parsed.value.report.dropped.map((line) => inWords(line))).toEqual([
    'The component “Loop” holds itself and was left out.',
  ]);
  expect(Object.keys(parsed.value.graph.nodes).sort()).toEqual(['n', 'p']);
});

test('components that double at every level are not written out without end', () => {
  const pair = (inner: string) => ({
    title: inner,
    nodes: { a: { type: inner, params: {} }, b: { type: inner, params: {} } },
    wires: {},
    inputs: {},
    outputs: {},
    params: {},
  });
  const components = Object.fromEntries(
    Array.from({ length: 30 }, (_, k) => [`c${k}`, pair(k ? `component/c${k - 1}` : 'seed')]),
  );
  const parsed = parseGraphFile(
    JSON.stringify({
      format: 'triptych',
      formatVersion: 2,
      title: 'T',
      nodes: { n: { type: 'component/c29', params: {} } },
      wires: {},
      components,
    }),
    registry,
  );
  if (!parsed.ok) throw new Error(inWords(parsed.error.message));
  expect(Object.keys(expanded(parsed.value.graph).nodes).length).toBeLessThan(100_000);
});

test('components travel in files, with everything on their boards', () => {
  const { graph } = made(chain, ids('s', 't'));
  const text = writeGraphFile(graph);
  const parsed = parseGraphFile(text, toys);
  expect(parsed.ok && parsed.value.report).toEqual({ migrated: [], missing: [], dropped: [] });
  expect(parsed.ok && parsed.value.graph).toEqual(graph);
});

test('what was written down for a node follows it into a component and out again', () => {
  const takes = ids('s', 't', 'gone').map((node) => ({ node, number: 1 }));
  const { graph, instance } = made(chain, ids('s', 't'));
  const inside = rehomed(takes, graph);
  expect(inside.map(({ node }) => node)).toEqual([`${instance}/s`, `${instance}/t`, 'gone']);
  expect(rehomed(inside, chain).map(({ node }) => node)).toEqual(['s', 't', 'gone']);
  const unpacked = edit(graph, (draft) => unpackComponent(draft, draft, instance));
  expect(rehomed(inside, unpacked).map(({ node }) => node)).toEqual(['s', 't', 'gone']);
  expect(rehomed(takes.slice(0, 2), chain)).toEqual(takes.slice(0, 2));
});
