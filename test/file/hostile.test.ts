/**
 * Files that are damaged or made to do harm: each opens with what is sound in it, or is refused in words, and never
 * takes long.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graphOfRow } from '../../src/graph/batch-rows.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import { closing } from '../../src/graph/circles.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { RowId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import { check } from '../../src/discipline/discipline.ts';
import { compile } from '../../src/engine/compile.ts';
import { readComfyUi } from '../../src/file/comfyui-workflow.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { parseCubeLut } from '../../src/raster/cube-lut.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { parseTableFile } from '../../src/routing/table-file.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';

const file = (change: object) =>
  JSON.stringify({ format: 'triptych', formatVersion: 3, title: 'T', nodes: {}, wires: {}, ...change });
const open = (text: string) => {
  const parsed = parseGraphFile(text, registry);
  if (!parsed.ok) throw new Error(inWords(parsed.error.message));
  const { graph, report } = parsed.value;
  return {
    graph,
    dropped: report.dropped.map((line) => inWords(line)),
    missing: report.missing.map((line) => inWords(line)),
  };
};
const refused = (text: string) => {
  const parsed = parseGraphFile(text, registry);
  return parsed.ok ? '' : inWords(parsed.error.message);
};
const wire = (from: string, to: string) => ({
  from: { node: from.split('.')[0], socket: from.split('.')[1] },
  to: { node: to.split('.')[0], socket: to.split('.')[1] },
  order: 0,
});
const record = <T>(count: number, make: (at: number) => T, prefix = 'k') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}${at}`, make(at)]));
const component = (change: object) => ({
  title: 'C',
  nodes: {},
  wires: {},
  inputs: {},
  outputs: {},
  params: {},
  ...change,
});
/** Every sentence that keeps a node from running. */
const problemsOf = (graph: Graph) =>
  compile(expanded(graph), registry).steps.flatMap(({ id, problems }) =>
    problems.map((problem) => `${id}: ${inWords(problem)}`),
  );

const INHERITED = ['toString', 'valueOf', 'constructor', 'hasOwnProperty', '__proto__', '__defineGetter__'];

test.each(INHERITED)('%s is found nowhere it was not put', (name) => {
  const { graph, dropped } = open(
    file({
      nodes: {
        i: { type: 'image', frame: name, promoted: [name], params: { [name]: 1 } },
        c: { type: `component/${name}` },
        t: { type: name },
        p: { type: 'prompt' },
      },
      wires: {
        a: wire(`${name}.x`, 'i.prompt'),
        b: wire(`p.${name}`, 'i.prompt'),
        c: wire('p.prompt', `i.${name}`),
        d: wire(`t.${name}`, `t.${name}`),
      },
      form: [
        { node: name, param: 'p' },
        { node: 'i', param: name },
      ],
      batch: {
        columns: [
          { id: 'c', node: name, param: 'x' },
          { id: name, node: 'i', param: 'x' },
        ],
        rows: [{ id: 'r', cells: { [name]: 1 } }],
      },
      notes: { n: { text: 'kept', frame: name } },
      components: {
        own: component({
          inputs: { a: { to: [{ node: name, socket: name }] } },
          outputs: { b: { from: { node: name, socket: name } } },
          params: { c: { node: name, param: name } },
        }),
      },
    }),
  );
  expect(Object.keys(graph.nodes)).toEqual(['i', 'c', 't', 'p']);
  expect(graph.nodes['i' as never]).toEqual({
    type: 'image',
    version: 1,
    params: {},
    position: { x: 0, y: 0 },
    promoted: [],
  });
  expect(graph).toMatchObject({
    wires: {},
    form: [],
    batch: { columns: [], rows: [{ cells: {} }] },
    notes: { n: { text: 'kept' } },
  });
  expect(graph.notes['n' as never]).not.toHaveProperty('frame');
  expect(graph.components['own' as never]).toMatchObject({ inputs: { a: { to: [] } }, outputs: {}, params: {} });
  expect(dropped.length).toBeGreaterThan(5);
  expect(problemsOf(graph).length).toBeGreaterThan(0);
});

test.each(INHERITED.filter((name) => name !== '__proto__'))(
  'nothing in a graph can be called %s, and that is said',
  (name) => {
    const { graph, dropped } = open(
      file({
        nodes: { [name]: { type: 'seed' } },
        frames: { [name]: {} },
        notes: { [name]: {} },
        wires: { [name]: {} },
        components: { [name]: component({}) },
      }),
    );
    expect(graph).toMatchObject({ nodes: {}, frames: {}, notes: {}, wires: {}, components: {} });
    expect(dropped).toEqual(
      Array<string>(5).fill(`“${name}” cannot be the name of anything in a graph and was left out.`),
    );
  },
);

test('no key sets a prototype, however it is spelled, and the file that is written is the same as before', () => {
  const text = file({ nodes: { x: { type: 'unknown', params: { deep: 'HERE' } } } }).replace(
    '"HERE"',
    '{"__proto__":{"a":1},"__pr\\u006fto__":{"b":1},"kept":[{"__proto__":null}]}',
  );
  const { graph } = open(text);
  expect(JSON.stringify(graph.nodes['x' as never])).toContain('"params":{"deep":{"kept":[{}]}}');
  expect(writeGraphFile(open(writeGraphFile(graph)).graph)).toBe(writeGraphFile(graph));
});

test.each([-3e9, -1e308, -1, 0, 1.5, '7', null, {}])(
  'version %j is no version: the node is read as its first, and that is said',
  (version) => {
    const { graph, dropped } = open(file({ nodes: { n: { type: 'seed', version, params: {} } } }));
    expect(graph.nodes['n' as never]).toMatchObject({ type: 'seed', version: 1 });
    expect(dropped).toEqual(['Seed does not say in which version it was saved; it was read as version 1.']);
  },
);

test('a version whose number is too large for JSON is no version either', () => {
  expect(
    open('{"format":"triptych","formatVersion":3,"nodes":{"i2":{"type":"image","version":-1e+999}}}').dropped,
  ).toHaveLength(1);
  expect(refused('{"format":"triptych","formatVersion":1e999,"nodes":{}}')).toContain('which format version');
});

test('a node that a newer Triptych saved is a placeholder with everything it had, and is written as it was', () => {
  const newer = {
    type: 'seed',
    version: 9,
    params: { seed: { mode: 'fixed', value: 7 }, drift: 0.5 },
    position: { x: 1, y: 2 },
  };
  const text = file({
    nodes: { n: newer, i: { type: 'image' } },
    wires: { w: wire('n.seed', 'i.seed') },
    components: { c: component({ nodes: { n: newer } }) },
  });
  const { graph, missing } = open(text);
  expect(missing).toEqual(
    Array<string>(2).fill(
      'Seed was saved by a newer version of Triptych. It is kept as it is, as a placeholder; the branches without it run.',
    ),
  );
  expect(registry.has(graph.nodes['n' as never]!['type'])).toBe(false);
  expect(Object.keys(graph.wires)).toEqual(['w']);
  const written = writeGraphFile(graph);
  expect(JSON.parse(written)).toMatchObject({ nodes: { n: newer }, components: { c: { nodes: { n: newer } } } });
  expect(writeGraphFile(open(written).graph)).toBe(written);
  // Once this Triptych knows the version, it is a node again.
  const grown = new Map(registry).set('seed', { ...registry.get('seed')!, version: 9 });
  const again = parseGraphFile(written, grown);
  expect(again.ok && again.value.graph.nodes['n' as never]).toMatchObject({
    type: 'seed',
    version: 9,
    params: { seed: { mode: 'fixed', value: 7 } },
  });
});

test('what is drawn over a picture is read whole or left out with a sentence, and the picture stays', () => {
  const picture = { hash: 'h'.repeat(64), name: 'a.png', mime: 'image/png', width: 40, height: 30 };
  const layer = { crop: { x: 0, y: 0, width: 20, height: 30 }, marks: [], mask: [] };
  const nodes = (drawn: unknown) => ({
    n: { type: 'import', version: 1, params: { file: { ...picture, layer: drawn } } },
  });
  const sound = open(file({ nodes: nodes({ ...layer, script: 'x' }) }));
  expect(sound.dropped).toEqual([]);
  expect(sound.graph.nodes['n' as never]!.params).toEqual({ file: { ...picture, layer } });
  const damaged = open(file({ nodes: nodes({ ...layer, crop: { x: 0, y: 0, width: 1e9, height: 1 } }) }));
  expect(damaged.dropped).toEqual([
    'Import: what is drawn over its picture cannot be read and was left out. The picture is there.',
  ]);
  expect(damaged.graph.nodes['n' as never]!.params).toEqual({ file: picture });
});

test('circles through nodes and components that are not here are broken too, and the graph can be compiled', () => {
  const parsed = open(readFileSync('test/fixtures/hostile/circle-through-unknown.json', 'utf8'));
  expect(parsed.dropped).toEqual([expect.stringMatching(/closed a circle/)]);
  expect(Object.keys(parsed.graph.wires)).toHaveLength(3);
  const unknown = open(
    file({
      nodes: { a: { type: 'x' }, b: { type: 'y' }, c: { type: 'upscale' } },
      wires: { 1: wire('a.o', 'b.i'), 2: wire('b.o', 'c.image'), 3: wire('c.image', 'a.i'), 4: wire('a.o', 'a.i') },
    }),
  );
  expect(unknown.dropped).toHaveLength(2);
  for (const { graph } of [parsed, unknown])
    expect(problemsOf(graph).filter((problem) => problem.includes('circle'))).toEqual([]);
});

test('components that hold each other in a circle lose the one that closes it', () => {
  const holding = (inner: string) => component({ title: inner, nodes: { n: { type: `component/${inner}` } } });
  const { graph, dropped } = open(
    file({
      nodes: { n: { type: 'component/a' } },
      components: { a: holding('b'), b: holding('c'), c: holding('a'), d: holding('d'), e: holding('a') },
    }),
  );
  expect(Object.keys(graph.components).sort()).toEqual(['b', 'c', 'e']);
  expect(dropped).toEqual([
    'The component “b” holds itself and was left out.',
    'The component “d” holds itself and was left out.',
  ]);
  expect(problemsOf(graph)).toHaveLength(1);
});

test('circles are found in one pass over many steps', () => {
  const steps = Array.from({ length: 200_000 }, (_, at) => [`${at % 20_000}`, `${(at * 7 + 1) % 20_000}`] as const);
  const closed = closing(steps);
  expect(closed.size).toBeGreaterThan(0);
  expect(closing(steps.filter((_, at) => !closed.has(at))).size).toBe(0);
});

test('20,000 nodes in a circle, and 50,000 wires between few, open', () => {
  const ring = open(
    file({
      nodes: record(20_000, () => ({ type: 'upscale' })),
      wires: record(20_000, (at) => wire(`k${at}.image`, `k${(at + 1) % 20_000}.image`), 'w'),
    }),
  );
  expect(Object.keys(ring.graph.wires)).toHaveLength(19_999);
  const dense = open(
    file({
      nodes: record(500, () => ({ type: 'stitch' })),
      wires: record(50_000, (at) => wire(`k${at % 499}.video`, `k${(at % 499) + 1}.videos`), 'w'),
    }),
  );
  expect(Object.keys(dense.graph.wires)).toHaveLength(50_000);
  expect(refused(file({ wires: record(100_001, () => 0) }))).toBe(
    'This graph has 100,001 wires; up to 100,000 can be opened.',
  );
});

test('a report says the first lines of a kind and counts the others', () => {
  const { dropped } = open(file({ wires: record(50_000, () => 0) }));
  expect(dropped).toHaveLength(201);
  expect(dropped.at(-1)).toBe('And 49800 more of this kind.');
});

test('a thousand components in a row, and those that double at each level, open at once; they are kept and cannot run', () => {
  const row = record(1000, (at) => component({ nodes: { n: { type: at ? `component/c${at - 1}` : 'seed' } } }), 'c');
  const pairs = record(
    30,
    (at) => component({ nodes: record(2, () => ({ type: at ? `component/c${at - 1}` : 'seed' })) }),
    'c',
  );
  for (const [components, last] of [
    [row, 999],
    [pairs, 29],
  ] as const) {
    const { graph, missing } = open(
      file({ nodes: { n: { type: `component/c${last}` }, p: { type: 'prompt' } }, components }),
    );
    expect(Object.keys(graph.components)).toHaveLength(last + 1);
    expect(missing.at(-1)).toMatch(/^With its components written out this graph would have more than 50,000 nodes/);
    expect(Object.keys(expanded(graph).nodes)).toEqual(['n', 'p']);
    expect(problemsOf(graph)).toEqual([
      expect.stringMatching(/^n: The component of this node is not in this graph, or components/),
    ]);
  }
});

test('inputs that fan out to 150³ wires are counted, not written out', () => {
  const fan = (inner: string, socket: string, count = 150) =>
    component({
      nodes: record(count, () => ({ type: inner })),
      inputs: { image: { to: Array.from({ length: count }, (_, at) => ({ node: `k${at}`, socket })) } },
    });
  const components = { a: fan('upscale', 'image'), b: fan('component/a', 'image'), c: fan('component/b', 'image') };
  const { graph, missing } = open(
    file({
      nodes: { i: { type: 'image' }, n: { type: 'component/c' } },
      wires: { w: wire('i.image', 'n.image') },
      components,
    }),
  );
  expect(missing).toHaveLength(1);
  expect(Object.keys(expanded(graph).nodes)).toEqual(['i', 'n']);
  // Few nodes, many wires: each wire into the instance is one into each of them.
  const inner = fan('stitch', 'videos', 500);
  const wide = open(
    file({
      nodes: { ...record(500, () => ({ type: 'film' }), 'i'), n: { type: 'component/a' } },
      wires: record(500, (at) => wire(`i${at}.video`, 'n.image'), 'w'),
      components: { a: inner },
    }),
  );
  expect(wide.missing).toHaveLength(1);
  expect(Object.keys(wide.graph.wires)).toHaveLength(500);
  expect(expanded(wide.graph)).toBe(wide.graph);
});

test('what nobody can check is never taken for a number or a text', () => {
  const odd = { hash: 'a', name: 'b', mime: 'c', toString: null, valueOf: 1, width: 'wide' };
  const nodes = {
    u: { type: 'unknown', params: { cap: odd } },
    i: { type: 'image' },
    p: { type: 'prompt', params: { text: '{{a}}', variables: { a: 'x' } } },
    s: { type: 'seed' },
  };
  const { graph } = open(
    file({
      nodes,
      wires: { w: wire('u.x', 'i.acceptance') },
      batch: {
        columns: [
          { id: 'c', node: 'p', param: 'variables', variable: 'a' },
          { id: 'd', node: 's', param: 'seed' },
        ],
        rows: [{ id: 'r', cells: { c: odd, d: odd } }],
      },
    }),
  );
  expect(graph.batch!.rows[0]!.cells).toEqual({
    c: { hash: 'a', name: 'b', mime: 'c' },
    d: { hash: 'a', name: 'b', mime: 'c' },
  });
  expect(graphOfRow(graph, registry, 'r' as RowId).nodes['p' as never]).toMatchObject({
    params: { variables: { a: 'b' } },
  });
  const scene = {
    graph,
    registry,
    mode: 'delivery',
    table: HOUSE,
    newest: HOUSE,
    market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: [] },
    takes: [],
    now: 0,
  } as const;
  expect(check(scene).length).toBeGreaterThan(0);
});

test('ids are short', () =>
  expect(
    open(file({ nodes: { ['n'.repeat(201)]: { type: 'seed' }, ['n'.repeat(200)]: { type: 'seed' } } })).dropped,
  ).toEqual([`“${'n'.repeat(60)}…” cannot be the name of anything in a graph and was left out.`]));

test.each([
  [
    'a group title nested 100,000 deep',
    `{"nodes":[],"links":[],"groups":[{"bounding":[0,0,1,1],"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`,
    'nested deeper than any workflow',
  ],
  [
    'a million nodes',
    `{"nodes":[${'{"id":1,"type":"A"},'.repeat(1_000_000)}0],"links":[]}`,
    'This workflow has 1,000,001 nodes; up to 20,000 can be shown.',
  ],
  [
    'a million nodes for the API',
    JSON.stringify(record(1_000_000, () => ({ class_type: 'A', inputs: {} }))),
    'larger or nested deeper',
  ],
  [
    'a hundred thousand nodes for the API',
    JSON.stringify(record(100_000, () => ({ class_type: 'A', inputs: {} }))),
    'This workflow has 100,000 nodes; up to 20,000 can be shown.',
  ],
  ['a million links', `{"nodes":[],"links":[${'0,'.repeat(1_000_000)}0]}`, 'This workflow has 1,000,001 links'],
])('ComfyUI: %s is refused in words', (_, text, words) => {
  const read = readComfyUi(text);
  expect(!read.ok && inWords(read.error.message)).toContain(words);
});

test('ComfyUI: 20,000 nodes in a row for the API stand in columns, a circle too', () => {
  for (const last of [[], ['k19999', 0]]) {
    const read = readComfyUi(
      JSON.stringify(record(20_000, (at) => ({ class_type: 'A', inputs: { in: at ? [`k${at - 1}`, 0] : last } }))),
    );
    const places = read.ok ? read.value.nodes.map(({ position }) => position.x) : [];
    expect([...new Set(places)].sort((a, b) => a - b).slice(0, 3)).toEqual([0, 300, 600]);
  }
});

test('a cube of 129³ is read, and one with more lines than its size is left at the first of them', () => {
  const cube = `LUT_3D_SIZE 129\n${'0.125 0.5 1.0\n'.repeat(129 ** 3)}`;
  const { size, data } = parseCubeLut(cube).cube!;
  expect([size, data.length, data[0], data.at(-1)]).toEqual([129, 129 ** 3 * 3, 0.125, 1]);
  expect(() => parseCubeLut(`${cube}0 0 0\n`)).toThrow('This LUT has more than the 2146689 entries of its size.');
  expect(() => parseCubeLut(`LUT_3D_SIZE 2\n${'0 0 0\n'.repeat(9)}`)).toThrow('more than the 8 entries');
  expect(() => parseCubeLut(`LUT_3D_SIZE 2\n${'0 0 1e999\n'.repeat(8)}`)).toThrow(
    'Line 2 of this LUT is not three numbers.',
  );
});

test('catalogs and routing tables answer only to their own words', () => {
  const model = {
    id: 'a',
    name: 'A',
    modalities: ['constructor', 'text-to-image'],
    suggested_tier: ['toString'],
    as_of: { toString: null },
    status_date: [[]],
    latency_hint_s: { valueOf: 1 },
    providers: [
      { provider: 'constructor', price: { amount: 1, unit: 'toString' } },
      { provider: 'p', price: { amount: 2, unit: { toString: 0 } } },
      { provider: 'q', price: { amount: null, unit: 'per_image' } },
    ],
  };
  const read = parseCatalog(JSON.stringify({ format: 'triptych-catalog', asOf: { toString: null }, models: [model] }));
  const found = read.ok ? read.value.catalog.models.find(({ id }) => id === 'a') : undefined;
  expect(found).toMatchObject({
    work: ['text to image'],
    tiers: [],
    asOf: '',
    offers: [{ provider: 'constructor' }, { provider: 'p' }, { provider: 'q' }],
  });
  expect(found!.offers.filter(({ price }) => price)).toEqual([]);
  expect(read.ok && read.value.dropped).toHaveLength(3);
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const parse of [parseCatalog, parseTableFile]) {
    const parsed = parse(`{"format":"triptych-catalog","models":${deep},"rows":${deep}}`);
    expect(!parsed.ok && inWords(parsed.error.message)).toContain('nested deeper');
  }
});

test('chains of muted nodes, fans of nodes switched off, and pictures behind many upscales are planned and checked in one pass', () => {
  const count = 6000;
  const muted = open(
    file({
      nodes: { i: { type: 'image' }, ...record(count, (at) => ({ type: 'upscale', muted: at < count - 1 })) },
      wires: {
        w: wire('i.image', 'k0.image'),
        ...record(count - 1, (at) => wire(`k${at}.image`, `k${at + 1}.image`), 'w'),
      },
    }),
  );
  const last = compile(muted.graph, registry).steps.find(({ id }) => id === `k${count - 1}`)!;
  expect(last.inputs.map(({ sources }) => sources.map(({ output }) => output))).toEqual([['image']]);
  const off = open(
    file({
      nodes: { ...record(count, (at) => ({ type: 'film', off: at > 0 })), s: { type: 'stitch' } },
      wires: record(count, (at) => wire(`k${at}.video`, 's.videos'), 'w'),
    }),
  );
  expect(compile(off.graph, registry).muted).toHaveLength(count - 1);
  const behind = open(
    file({
      nodes: {
        ...record(count, () => ({ type: 'image' }), 'i'),
        ...record(count, () => ({ type: 'animate' }), 'a'),
        s: { type: 'stitch' },
        g: { type: 'grab' },
        ...record(count, () => ({ type: 'upscale' }), 'u'),
      },
      wires: {
        ...record(count, (at) => wire(`i${at}.image`, `a${at}.image`), 'x'),
        ...record(count, (at) => wire(`a${at}.video`, 's.videos'), 'y'),
        b: wire('s.video', 'g.video'),
        c: wire('g.image', 'u0.image'),
        ...record(count - 1, (at) => wire(`u${at}.image`, `u${at + 1}.image`), 'z'),
      },
    }),
  );
  const scene = {
    graph: behind.graph,
    registry,
    mode: 'draft',
    table: HOUSE,
    newest: HOUSE,
    market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: [] },
    takes: [],
    now: 0,
  } as const;
  expect(check(scene).filter(({ rule }) => rule.id === 'size-unplanned')).toHaveLength(count);
});
