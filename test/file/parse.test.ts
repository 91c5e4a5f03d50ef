import { readdirSync, readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { writeGraphFile } from '../../src/file/format.ts';
import { formatMigrations, migrateNode } from '../../src/file/migrations.ts';
import { FORMAT_VERSION } from '../../src/file/format.ts';
import { parseFragment, writeFragment } from '../../src/file/fragment-text.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { copyFragment } from '../../src/graph/fragment.ts';
import type { ComponentId, NodeId } from '../../src/core/ids.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';
import { inWords } from '../../src/core/say.ts';

const file = (change: object) =>
  JSON.stringify({ format: 'triptych', formatVersion: 1, title: 'T', nodes: {}, wires: {}, ...change });
const open = (text: string) => {
  const parsed = parseGraphFile(text, registry);
  if (!parsed.ok) throw new Error(inWords(parsed.error.message));
  return parsed.value;
};
const wire = (from: string, to: string) => ({
  from: { node: from.split('.')[0], socket: from.split('.')[1] },
  to: { node: to.split('.')[0], socket: to.split('.')[1] },
  order: 0,
});

test.each([
  ['not json at all', 'not JSON'],
  ['[1, 2]', 'not a Triptych graph'],
  ['{"format":"other"}', 'not a Triptych graph'],
  [file({ formatVersion: 99 }), 'newer Triptych'],
  [file({ formatVersion: 'x' }), 'which format version'],
])('%s is refused with a reason and a hint', (text, reason) => {
  const parsed = parseGraphFile(text, registry);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) {
    expect(inWords(parsed.error.message)).toContain(reason);
    expect(parsed.error.hint).toBeTruthy();
  }
});

test('a million nodes are refused before they are read', () => {
  const nodes = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, k) => [k, 0]));
  const parsed = parseGraphFile(file({ nodes }), registry);
  expect(!parsed.ok && inWords(parsed.error.message)).toBe(
    'This graph has 1,000,000 nodes; up to 20,000 can be opened.',
  );
});

test('damage in one place does not cost the rest: unknown nodes stay, bad params and wires are reported', () => {
  const { graph, report } = open(
    file({
      nodes: {
        p: { type: 'prompt', version: 1, params: { text: 'hi', colour: 'red' }, position: { x: 1, y: 2 } },
        g: { type: 'guidance', version: 1, params: { scale: 900 }, position: 'nowhere' },
        i: { type: 'image', params: {} },
        odd: { type: 'from-the-future', version: 7, params: { deep: { kept: [1] } }, position: { x: 5, y: 5 } },
        rubbish: 17,
        __proto__x: { type: 'seed' },
      },
      wires: {
        a: wire('p.prompt', 'i.prompt'),
        b: wire('p.prompt', 'i.seed'),
        c: wire('gone.x', 'i.seed'),
        d: wire('odd.out', 'i.image'),
        e: 5,
        f: wire('i.image', 'i.references'),
      },
    }),
  );
  expect(Object.keys(graph.nodes).sort()).toEqual(['__proto__x', 'g', 'i', 'odd', 'p']);
  expect(graph.nodes['odd' as never]).toEqual({
    type: 'from-the-future',
    version: 7,
    params: { deep: { kept: [1] } },
    position: { x: 5, y: 5 },
  });
  expect(graph.nodes['p' as never]).toMatchObject({ params: { text: 'hi' } });
  expect(graph.nodes['g' as never]).toMatchObject({ params: {}, position: { x: 0, y: 0 } });
  expect(Object.keys(graph.wires).sort()).toEqual(['a', 'd']);
  expect(report.missing).toHaveLength(1);
  expect(report.dropped.map((line) => inWords(line)).join('\n')).toMatch(/CFG scale must be between 1 and 20/);
  expect(report.dropped.map((line) => inWords(line)).join('\n')).toMatch(/joined a prompt to a seed/);
});

test('a circle of wires is broken where it closes', () => {
  const { graph, report } = open(
    file({
      nodes: { a: { type: 'upscale' }, b: { type: 'upscale' } },
      wires: { x: wire('a.image', 'b.image'), y: wire('b.image', 'a.image') },
    }),
  );
  expect(Object.keys(graph.wires)).toEqual(['x']);
  expect(inWords(report.dropped[0]!)).toMatch(/circle/);
});

test('a circle is found in a file of any size', () => {
  const names = Array.from({ length: 3000 }, (_, k) => `k${k}`);
  const wires = Object.fromEntries(
    names.map((name, k) => [`w${k}`, wire(`${name}.image`, `${names[(k + 1) % names.length]}.image`)]),
  );
  const { graph, report } = open(
    file({ nodes: Object.fromEntries(names.map((name) => [name, { type: 'upscale' }])), wires }),
  );
  expect(Object.keys(graph.wires)).toHaveLength(2999);
  expect(report.dropped.map((line) => inWords(line))).toEqual([expect.stringMatching(/circle/)]);
});

test('prototype keys do not reach the graph', () => {
  const { graph } = open(
    '{"format":"triptych","formatVersion":1,"title":"x","nodes":{"__proto__":{"type":"seed"},"constructor":{"type":"seed"}},"wires":{}}',
  );
  expect(Object.keys(graph.nodes)).toEqual([]);
  expect(({} as { type?: string }).type).toBeUndefined();
});

test('writing and reading again is the identity, media included', () => {
  const graph = { ...graphOf({ p: ['prompt', { text: 'ü “x”' }], i: 'image' }, ['p.prompt > i.prompt']), licence: 'n' };
  const media = { ['a'.repeat(64)]: { mime: 'image/png', name: 'a.png', data: 'AAAA' } };
  const again = open(writeGraphFile(graph, media));
  expect(again.graph).toEqual(graph);
  expect(again.media).toEqual(media);
  expect(again.report).toEqual({ migrated: [], missing: [], dropped: [] });
  expect(writeGraphFile(again.graph, media)).toBe(writeGraphFile(graph, media));
});

test('node migrations run in order from the stored version', () => {
  const definition = {
    version: 3,
    migrations: {
      2: ({ params: { a } }: { params: Record<string, unknown> }) => ({ params: { b: a } }),
      3: ({ params: { b } }: { params: Record<string, unknown> }) => ({ params: { c: b } }),
    },
  } as unknown as NodeDefinition;
  expect(migrateNode(definition, { params: { a: 1 } }, 1)).toEqual({ params: { c: 1 } });
  expect(migrateNode(definition, { params: { b: 1 } }, 2)).toEqual({ params: { c: 1 } });
});

test('format migrations are contiguous', () =>
  expect(Object.keys(formatMigrations).map(Number)).toEqual(
    Array.from({ length: FORMAT_VERSION - 1 }, (_, k) => k + 2),
  ));

test.each([
  ...readdirSync('public/templates')
    .filter((name) => name.endsWith('.json') && name !== 'index.json')
    .map((name) => `public/templates/${name}`),
  ...readdirSync('test/fixtures/graphs').map((name) => `test/fixtures/graphs/${name}`),
])('%s opens without a loss', (path) => {
  const text = readFileSync(path, 'utf8');
  const { graph, report, media } = open(text);
  // What an earlier release wrote may hold nodes of an earlier version; what ships is of today.
  const { migrated, ...lost } = report;
  expect(lost).toEqual({ missing: [], dropped: [] });
  if (path.startsWith('public/')) expect(migrated).toEqual([]);
  const { formatVersion } = JSON.parse(text) as { formatVersion: number };
  const written = writeGraphFile(graph, media);
  // An older file is written in today's format; that text is then what stays.
  if (formatVersion === FORMAT_VERSION) expect(written).toBe(text);
  else expect(writeGraphFile(open(written).graph, media)).toBe(written);
  for (const [version, content] of [
    [formatVersion, text],
    [FORMAT_VERSION, written],
  ] as const) {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync(`public/schema/graph-${version}.schema.json`, 'utf8')),
    );
    expect(validate(JSON.parse(content)), JSON.stringify(validate.errors)).toBe(true);
  }
});

test('format 1 to 2: the text a graph had becomes a note above its nodes', () => {
  const { graph } = open(readFileSync('test/fixtures/graphs/format-1.triptych.json', 'utf8'));
  expect(Object.values(graph.notes)).toMatchObject([
    { text: 'The still fixes composition, light and look; the motion step only adds motion.' },
  ]);
});

test('format 3 to 4: which take nodes inside a component show, each instance says for itself', () => {
  const { graph } = open(readFileSync('test/fixtures/graphs/format-3.triptych.json', 'utf8'));
  const take = { slot: '5e0d7a6f4b3c2d1e0f9a8b7c6d5e4f30', number: 2 };
  expect(graph.nodes['x' as never]).toMatchObject({ inner: { i: { take } } });
  expect(graph.nodes['y' as never]).toMatchObject({
    inner: { 'l/i': { take }, s: { frozen: '0123456789abcdef0123456789abcdef' } },
  });
  expect(JSON.stringify(graph.components)).not.toMatch(/take|frozen/);
});

test('format 5: a node may be pinned to a model; a pin that cannot be read is said, since the table decides then', () => {
  const read = (pinned: unknown) =>
    open(file({ formatVersion: 5, nodes: { i: { type: 'image', version: 1, position: { x: 0, y: 0 }, pinned } } }));
  const model = { provider: 'bfl', model: 'bfl/flux-2-max' };
  const { graph } = read({ ...model, more: 'x' });
  expect(graph.nodes['i' as NodeId]!.pinned).toEqual(model);
  const written = writeGraphFile(graph);
  expect(open(written).graph).toEqual(graph);
  const copied = parseFragment(writeFragment(copyFragment(graph, {}, { nodes: ['i' as NodeId] })), registry);
  expect(copied.ok && copied.value.fragment.nodes).toMatchObject({ i: { pinned: model } });
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync('public/schema/graph-5.schema.json', 'utf8')),
  );
  expect(validate(JSON.parse(written)), JSON.stringify(validate.errors)).toBe(true);
  for (const damaged of [
    'flux',
    null,
    { provider: 'bfl' },
    { provider: '', model: 'm' },
    { ...model, model: 'x'.repeat(201) },
  ]) {
    const { graph: without, report } = read(damaged);
    expect(without.nodes['i' as NodeId]).not.toHaveProperty('pinned');
    expect(report.dropped.map((line) => inWords(line)).join()).toContain('pinned to a model that cannot be read');
  }
});

test('how a card looks is kept in the file and in a copy; what cannot be read of it leaves a card like any other', () => {
  const read = (look: unknown) =>
    open(file({ formatVersion: 5, nodes: { i: { type: 'image', version: 1, position: { x: 0, y: 0 }, look } } })).graph;
  const look = { width: 320, collapsed: true, unfolded: true, colour: 'violet', params: ['tier', 'megapixels'] };
  const graph = read({ ...look, params: ['tier', 'tier', 7, 'megapixels'], more: 'x' });
  expect(graph.nodes['i' as NodeId]!.look).toEqual(look);
  const written = writeGraphFile(graph);
  expect(open(written).graph).toEqual(graph);
  const copied = parseFragment(writeFragment(copyFragment(graph, {}, { nodes: ['i' as NodeId] })), registry);
  expect(copied.ok && copied.value.fragment.nodes).toMatchObject({ i: { look } });
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync('public/schema/graph-5.schema.json', 'utf8')),
  );
  expect(validate(JSON.parse(written)), JSON.stringify(validate.errors)).toBe(true);
  for (const damaged of [
    'wide',
    null,
    [],
    { width: '9', collapsed: 1, colour: 'pink', params: 'tier' },
    { params: [] },
  ])
    expect(read(damaged).nodes['i' as NodeId]).not.toHaveProperty('look');
  expect(read({ width: 1e9 }).nodes['i' as NodeId]!.look).toEqual({ width: 800 });
});

test('tags of a graph are kept as they are written, each once; what is no tag is left out', () => {
  const tagged = (tags: unknown) => open(file({ formatVersion: 5, nodes: {}, tags })).graph;
  const graph = tagged([
    ' spring ',
    'spring',
    '',
    7,
    'x'.repeat(80),
    ...Array.from({ length: 30 }, (_, at) => `t${at}`),
  ]);
  expect(graph.tags).toHaveLength(20);
  expect(graph.tags!.slice(0, 3)).toEqual(['spring', 'x'.repeat(60), 't0']);
  const written = writeGraphFile(graph);
  expect(open(written).graph).toEqual(graph);
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync('public/schema/graph-5.schema.json', 'utf8')),
  );
  expect(validate(JSON.parse(written)), JSON.stringify(validate.errors)).toBe(true);
  for (const none of [undefined, 'spring', [], ['']]) expect(tagged(none)).not.toHaveProperty('tags');
});

test('a component comes back from its file with its sockets and params in the order they had', () => {
  const ends = { zebra: 'b', apple: 'a' };
  const graph: Graph = {
    ...graphOf({ a: 'seed', b: 'seed' }, []),
    components: {
      ['c' as ComponentId]: {
        ...graphOf({ a: 'seed', b: 'seed' }, []),
        version: 0,
        inputs: {},
        outputs: Object.fromEntries(
          Object.entries(ends).map(([name, node]) => [name, { from: { node: node as NodeId, socket: 'seed' } }]),
        ),
        params: Object.fromEntries(
          Object.entries(ends).map(([name, node]) => [name, { node: node as NodeId, param: 'seed' }]),
        ),
      },
    },
  };
  const [back] = Object.values(open(writeGraphFile(graph)).graph.components);
  expect([Object.keys(back!.outputs), Object.keys(back!.params)]).toEqual([
    ['zebra', 'apple'],
    ['zebra', 'apple'],
  ]);
});

test('what an instance chooses is read as it was written; paths no node can have are left out', () => {
  const choices = {
    'a/b': { take: { slot: 's', number: 1 } },
    c: { frozen: 'f'.repeat(32) },
    d: { take: { slot: 's', number: -1 } },
    'a/__proto__': { take: { slot: 's', number: 1 } },
    'a//b': { take: { slot: 's', number: 1 } },
    e: 7,
  };
  const { graph } = open(file({ formatVersion: 4, nodes: { n: { type: 'seed', inner: choices } } }));
  expect(graph.nodes['n' as never]).toMatchObject({
    inner: { 'a/b': { take: { slot: 's', number: 1 } }, c: { frozen: 'f'.repeat(32) } },
  });
  expect(Object.keys((graph.nodes['n' as never] as { inner: object }).inner)).toEqual(['a/b', 'c']);
});

test.each([
  ['brackets in brackets', `${'['.repeat(100_000)}`],
  [
    'a node deeper than any',
    file({ nodes: { n: { type: 'x', params: JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) } } }),
  ],
])('%s are refused before they are read', (_, text) => {
  const parsed = parseGraphFile(text, registry);
  expect(!parsed.ok && parsed.error.message).toMatch(/nested deeper/);
});

test('nothing is chosen inside a component of a file: each instance says so itself', () => {
  const take = { slot: 's', number: 1 };
  const nodes = { i: { type: 'image', params: {}, take, frozen: 'f'.repeat(32), inner: { a: { take } } } };
  const { graph } = open(file({ formatVersion: 4, nodes, components: { c: { title: 'C', nodes } } }));
  expect(Object.values(graph.nodes)).toMatchObject([{ take, inner: { a: { take } } }]);
  expect(JSON.stringify(graph.components)).not.toMatch(/"(take|frozen|inner)"/);
  expect(Object.keys(graph.components)).toEqual(['c']);
});

test('damaged frames, notes, forms and reroute points cost only themselves', () => {
  const { graph } = open(
    file({
      formatVersion: 2,
      nodes: { p: { type: 'prompt', frame: 'f', params: {} }, i: { type: 'image', frame: 'nowhere' } },
      wires: { w: { ...wire('p.prompt', 'i.prompt'), via: [{ x: 1, y: 'no' }, 5] } },
      frames: {
        f: { title: 7, colour: 'pink', position: null, size: { width: -5, height: 1e9 } },
        p: { title: 'An id that is taken' },
        g: 'rubbish',
      },
      notes: { t: { text: '<script>alert(1)</script>', frame: 'f' }, f: { text: 'An id that is taken' } },
      form: [{ node: 'p', param: 'text', label: 'What' }, { node: 'gone', param: 'text' }, 'rubbish'],
    }),
  );
  expect(graph.frames).toEqual({
    f: { title: 'Frame', colour: 'grey', position: { x: 0, y: 0 }, size: { width: 60, height: 20_000 } },
  });
  expect(graph.notes).toEqual({
    t: {
      text: '<script>alert(1)</script>',
      colour: 'grey',
      position: { x: 0, y: 0 },
      size: { width: 240, height: 140 },
      frame: 'f',
    },
  });
  expect(Object.values(graph.nodes).map((node) => node.frame)).toEqual(['f', undefined]);
  expect(Object.values(graph.wires)[0]!.via).toEqual([
    { x: 1, y: 0 },
    { x: 0, y: 0 },
  ]);
  expect(graph.form).toEqual([{ node: 'p', param: 'text', label: 'What' }]);
});
