/**
 * Every rule: a graph that breaks it, the one that does not, and the fix, which must leave nothing to complain about.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readyFor } from '../rig/ready.ts';
import { produce as edit } from 'immer';
import { expect, test } from 'vitest';
import type { GraphDraft } from '../../src/graph/edits.ts';
import type { Graph, GraphNode, Wire } from '../../src/graph/graph.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import { s } from '../../src/core/node-api.ts';
import type { NodeId, TakeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { CampaignStanding } from '../../src/measure/campaign.ts';
import { check, RULES } from '../../src/discipline/discipline.ts';
import type { Scene } from '../../src/discipline/rule.ts';
import { run } from '../../src/engine/run.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { memoryPorts } from '../rig/memory-ports.ts';
import { registry } from '../../src/registry.ts';
import { BUILT_IN, catalogOf, EMPTY_CATALOG, type Model } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { pinTo } from '../../src/routing/table-pin.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import type { RoutingTable, Row } from '../../src/routing/routing-table.ts';
import { graphOf } from '../rig/graphs.ts';
import { inWords, say } from '../../src/core/say.ts';

const house = (over: Partial<Row>, version = 1): RoutingTable => ({
  ...HOUSE,
  version,
  rows: HOUSE.rows.map((row) => ({
    ...row,
    candidates: [BUILT_IN, { provider: 'p', model: 'm' }],
    fallbacks: 1,
    cap: 4,
    ...over,
  })),
});
const now = Date.parse('2026-11-22');
const scene = (graph: Graph, over: Partial<Scene> = {}): Scene => ({
  graph,
  registry,
  mode: 'delivery',
  table: house({}),
  newest: house({}),
  market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch', 'p') },
  takes: [],
  now,
  ...over,
});
const complaints = (id: string, given: Scene) => check(given).filter((finding) => finding.rule.id === id);

const pinned = (graph: Graph): Graph => ({ ...graph, routing: { table: 'house', version: 1 } });
/** A graph nothing is wrong with. */
const sound = pinned(
  graphOf(
    {
      p: 'prompt',
      s: ['seed', { seed: { mode: 'fixed', value: 1 } }],
      a: 'aspect',
      c: ['acceptance', { cap: 3, sharpness: 1 }],
      i: 'image',
      u: 'upscale',
      d: 'deliver',
    },
    [
      'p.prompt > i.prompt',
      's.seed > i.seed',
      'a.aspect > i.aspect',
      'c.acceptance > i.acceptance',
      'i.image > u.image',
      'u.image > d.image',
    ],
  ),
);
const wires = (graph: Graph, ...list: string[]) => pinned({ ...graph, wires: graphOf({}, list).wires });
const take = (state: 'accepted' | 'open', at = now) =>
  ({ node: 'i', mode: 'delivery', at, verdict: { state } }) as unknown as TakeRecord;

test('a sound graph has nothing to put right', () => {
  expect(check(scene(sound)).map(({ rule, text }) => `${rule.id}: ${inWords(text)}`)).toEqual([]);
});

test('every rule explains itself', () => {
  expect(RULES.length).toBeGreaterThanOrEqual(13);
  for (const rule of RULES) expect(rule.why).toMatch(/^[A-Z“].*[.]$/);
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

const old: Model = {
  id: 'm',
  vendor: 'v',
  name: 'Old One',
  status: 'active',
  work: ['text to image'],
  modalities: [],
  supports: {},
  tiers: [],
  seeds: 'unknown',
  sources: [],
  asOf: '2026-06-01',
  offers: [{ provider: 'p', modelId: 'm' }],
};
/** The same graph with one node otherwise. */
const change = (graph: Graph, node: string, over: Partial<GraphNode>): Graph => ({
  ...graph,
  nodes: { ...graph.nodes, [node]: { ...graph.nodes[node as never]!, ...over } } as Graph['nodes'],
});
/** What no wire leads to would fail when it runs. */
const { ['u' as never]: _, ...others } = sound.nodes;
const withoutUpscale: Graph = { ...sound, nodes: others };
const why = say('Its light is {0} off.', 9);
const campaign = (over: Partial<CampaignStanding> = {}): CampaignStanding => ({
  tag: 'spring',
  deliverables: 6,
  uncompared: 0,
  found: [],
  ...over,
});
const broken: Readonly<Record<string, Scene>> = {
  'without-category': scene(wires(sound, 'u.image > d.image')),
  'one-model': scene(sound, { table: house({ candidates: [BUILT_IN] }) }),
  'seed-moves': scene({
    ...sound,
    nodes: {
      ...sound.nodes,
      s: { ...sound.nodes['s' as never]!, params: { seed: { mode: 'random', value: 1 } } },
    } as Graph['nodes'],
  }),
  'not-refined': scene(
    wires(
      withoutUpscale,
      'p.prompt > i.prompt',
      's.seed > i.seed',
      'a.aspect > i.aspect',
      'c.acceptance > i.acceptance',
      'i.image > d.image',
    ),
  ),
  'size-unplanned': scene(
    wires(
      sound,
      'p.prompt > i.prompt',
      's.seed > i.seed',
      'c.acceptance > i.acceptance',
      'i.image > u.image',
      'u.image > d.image',
    ),
  ),
  'no-cap': scene(
    wires(
      sound,
      'p.prompt > i.prompt',
      's.seed > i.seed',
      'a.aspect > i.aspect',
      'i.image > u.image',
      'u.image > d.image',
    ),
    { table: house({ cap: 40 }) },
  ),
  'no-criteria': scene(
    wires(
      sound,
      'p.prompt > i.prompt',
      's.seed > i.seed',
      'a.aspect > i.aspect',
      'i.image > u.image',
      'u.image > d.image',
    ),
  ),
  'no-fallback': scene(sound, { table: house({ fallbacks: 0 }) }),
  'draft-delivered': scene(sound, { mode: 'draft' }),
  'table-not-pinned': scene(sound, { newest: house({}, 2) }),
  'character-unreferenced': scene({
    ...sound,
    nodes: { ...sound.nodes, i: { ...sound.nodes['i' as never]!, params: { tier: 'character' } } } as Graph['nodes'],
  }),
  'film-with-still': scene(
    pinned(graphOf({ p: 'prompt', i: 'image', f: 'film' }, ['p.prompt > i.prompt', 'p.prompt > f.prompt'])),
  ),
  'prices-due': scene(sound, {
    market: { catalog: catalogOf([old], '2026-06-01'), book: NO_OVERRIDES, ready: readyFor('sketch', 'p') },
  }),
  'pinned-model': scene(change(sound, 'i', { pinned: { provider: 'p', model: 'm' } }), {
    market: { catalog: catalogOf([{ ...old, asOf: '2026-11-01' }], '2026-11-01'), book: NO_OVERRIDES, ready: [] },
  }),
  'nothing-accepted': scene(sound, { takes: [take('open')] }),
  'only-built-in': scene(sound, { market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') } }),
  'review-not-done': scene(sound, { takes: [take('accepted')] }),
  'no-reference': scene(change(sound, 'c', { params: { cap: 3, sharpness: 1, look: 1 } })),
  'stands-out': scene(sound, { campaigns: [campaign({ found: [{ node: 'i' as NodeId, take: 't' as TakeId, why }] })] }),
  'month-not-audited': scene(sound, { takes: [take('accepted', Date.parse('2026-10-05'))] }),
};

test('a review that is done is open again when something was made since', () => {
  const made = { ...take('accepted'), workedMs: 0, artifact: {} } as TakeRecord;
  const since = (at: number) => complaints('review-not-done', scene(sound, { takes: [made], reviewed: { at } }));
  expect(since(now)).toEqual([]);
  expect(since(now - 1).map(({ text }) => inWords(text))).toEqual(['Takes made since the review was done: 1.']);
});

test('what stands out of its campaign is said with why; what was not compared is not taken to be in line', () => {
  const said = (over: Partial<CampaignStanding>) =>
    complaints('stands-out', scene(sound, { campaigns: [campaign(over)] })).map(({ node, text, elsewhere }) => [
      node,
      inWords(text),
      elsewhere,
    ]);
  const elsewhere = { page: 'campaign', tag: 'spring' };
  expect(said({})).toEqual([]);
  expect(complaints('stands-out', scene(sound))).toEqual([]);
  expect(said({ found: [{ node: 'i' as NodeId, take: 't' as TakeId, why }] })).toEqual([
    ['i', 'What was accepted of “Image” stands out of “spring”. Its light is 9 off.', elsewhere],
  ]);
  // Its node is gone, and what it made is accepted all the same.
  expect(said({ found: [{ node: 'gone' as NodeId, take: 't' as TakeId, why }] })[0]![0]).toBeUndefined();
  expect(said({ uncompared: 2 })).toEqual([
    [
      undefined,
      '2 of 6 accepted deliverables of “spring” were not compared yet: open the campaign, and they are measured.',
      elsewhere,
    ],
  ]);
});

test('a criterion that compares is nothing without a reference, muted or not there; with one it is checked', () => {
  const asking = change(sound, 'c', { params: { cap: 3, sharpness: 1, palette: 4, look: 1 } });
  const text =
    '“Acceptance” asks for “Palette distance” and has no reference, so it is not checked. Connect a picture to it.';
  expect(complaints('no-reference', scene(asking)).map((one) => inWords(one.text))).toEqual([text]);
  const mended = applied(scene(asking), 'no-reference');
  expect(mended.nodes['c' as never]).toMatchObject({ params: { cap: 3, sharpness: 1, palette: 0, look: 0 } });
  const referred = {
    ...asking,
    ...edit(asking, (draft) => {
      draft.nodes['r' as never] = { ...asking.nodes['u' as never]!, type: 'image' } as never;
      draft.wires['wr' as never] = {
        from: { node: 'r', socket: 'image' },
        to: { node: 'c', socket: 'reference' },
        order: 0,
      } as never;
    }),
  };
  expect(complaints('no-reference', scene(referred))).toEqual([]);
  expect(complaints('no-reference', scene(change(referred, 'r', { muted: true }))).length).toBe(1);
  expect(
    complaints('no-reference', scene(promoting(change(sound, 'c', { params: {} }), 'c', 'look')))[0]!.fix,
  ).toBeUndefined();
});

test('there is a broken graph for every rule', () =>
  expect(Object.keys(broken).sort()).toEqual(RULES.map(({ id }) => id).sort()));

test.each(Object.entries(broken))('%s is found; its fix, where it has one, ends it in one edit', (id, given) => {
  const found = complaints(id, given);
  expect(found.length).toBe(1);
  const { fix } = found[0]!;
  if (!fix) return;
  const mended = edit(given.graph, (draft) => fix.apply(draft as unknown as GraphDraft));
  expect(mended).not.toBe(given.graph);
  expect(complaints(id, { ...given, graph: mended })).toEqual([]);
});

/** As a person would see it who pressed the button and then Run, small and fast. */
async function expectToRun(graph: Graph): Promise<void> {
  const ports = memoryPorts(registry);
  const summary = await run(graph, { mode: 'draft' }, ports, new AbortController().signal);
  expect(summary).toMatchObject({ outcome: 'done', failed: 0, skipped: 0 });
}
const fixable = Object.entries(broken).filter(([id, given]) => complaints(id, given)[0]?.fix);
test.each(fixable)('the fix of %s leaves a graph that runs', async (id, given) => {
  const { fix } = complaints(id, given)[0]!;
  await expectToRun(edit(given.graph, (draft) => fix!.apply(draft as unknown as GraphDraft)));
});

test('what no edit mends leads to where it is mended', () => {
  for (const [id, given] of Object.entries(broken)) {
    const { fix, elsewhere, node } = complaints(id, given)[0]!;
    expect(fix ?? elsewhere ?? node, id).toBeDefined();
    if (!fix && id !== 'without-category') expect(elsewhere, id).toBeDefined();
  }
});

test('a character without a reference takes the picture that is there; an Acceptance with a cap alone measures nothing', () => {
  const file = { hash: 'a'.repeat(64), name: 'face.png', mime: 'image/png', width: 8, height: 8 };
  const asked = graphOf({ p: 'prompt', r: ['reference', { file }], i: ['image', { tier: 'character' }] }, [
    'p.prompt > i.prompt',
  ]);
  const [found] = complaints('character-unreferenced', scene(asked));
  const mended = edit(asked, (draft) => found!.fix!.apply(draft as unknown as GraphDraft));
  expect(Object.values(mended.wires)).toContainEqual(
    expect.objectContaining({ from: { node: 'r', socket: 'reference' }, to: { node: 'i', socket: 'references' } }),
  );
  const capOnly = {
    ...sound,
    nodes: { ...sound.nodes, c: { ...sound.nodes['c' as never]!, params: { cap: 3 } } } as Graph['nodes'],
  };
  const [criteria] = complaints('no-criteria', scene(capOnly));
  const measured = edit(capOnly as Graph, (draft) => criteria!.fix!.apply(draft as unknown as GraphDraft));
  expect(measured.nodes['c' as never]).toMatchObject({ params: { cap: 3, sharpness: 2, emptiness: 95 } });
  expect(complaints('no-criteria', scene(measured))).toEqual([]);
});

const applied = (given: Scene, id: string) =>
  edit(given.graph, (draft) => complaints(id, given)[0]!.fix!.apply(draft as unknown as GraphDraft));
const renamed = (wires: Graph['wires']): Graph['wires'] =>
  Object.fromEntries(Object.entries(wires).map(([id, wire]) => [`more ${id}`, wire]));
const promoting = (graph: Graph, node: string, param: string): Graph => {
  const fed = change(graph, node, { promoted: [param] });
  return {
    ...fed,
    nodes: { ...fed.nodes, ...graphOf({ k: ['number', { value: 3 }] }, []).nodes },
    wires: { ...fed.wires, ...renamed(graphOf({}, [`k.number > ${node}.${param}`]).wires) },
  };
};

test('a still that is made from the film is none it could be animated from; another one is', () => {
  const loop = {
    nodes: { p: 'prompt', f: 'film', g: 'grab', r: 'reference', i: 'image' },
    wires: [
      'p.prompt > f.prompt',
      'f.video > g.video',
      'g.image > r.image',
      'r.reference > i.references',
      'p.prompt > i.prompt',
    ],
  };
  expect(complaints('film-with-still', scene(graphOf(loop.nodes, loop.wires)))).toEqual([]);
  const other = scene(graphOf({ ...loop.nodes, j: 'image' }, [...loop.wires, 'p.prompt > j.prompt']));
  const mended = applied(other, 'film-with-still');
  expect(Object.values(mended.wires)).toContainEqual(
    expect.objectContaining({ from: { node: 'j', socket: 'image' }, to: { node: 'f', socket: 'image' } }),
  );
});

test('a picture that is made from the generation is none it could refer to', () => {
  const file = { hash: 'a'.repeat(64), name: 'face.png', mime: 'image/png', width: 8, height: 8 };
  const given = scene(
    graphOf({ i: ['image', { tier: 'character' }], r: ['reference', { file }], j: 'image' }, [
      'i.image > r.image',
      'r.reference > j.references',
    ]),
  );
  expect(applied(given, 'character-unreferenced').nodes['i' as never]).toMatchObject({ params: { tier: 'cinematic' } });
});

test('what stands inside an instance is told, and no edit of the board is offered that would miss it', () => {
  const inside = (graph: Graph) => complaints('film-with-still', scene(graph));
  const flat = graphOf({ p: 'prompt', 'x/i': 'image', f: 'film' }, ['p.prompt > x/i.prompt', 'p.prompt > f.prompt']);
  expect(inside(flat).map(({ fix }) => fix)).toEqual([undefined]);
  const straight = graphOf({ 'x/i': 'image', d: 'deliver' }, ['x/i.image > d.image']);
  expect(complaints('not-refined', scene(straight)).map(({ fix }) => fix)).toEqual([undefined]);
  const enlarged = graphOf({ 'x/i': 'image', u: 'upscale' }, ['x/i.image > u.image']);
  expect(complaints('size-unplanned', scene(enlarged)).map(({ fix }) => fix)).toEqual([undefined]);
  const shared = graphOf({ 'x/c': 'acceptance', i: 'image', d: 'deliver' }, [
    'x/c.acceptance > i.acceptance',
    'i.image > d.image',
  ]);
  const given = scene(shared, { table: house({ cap: 40 }) });
  expect(complaints('no-cap', given).map(({ fix, elsewhere }) => [fix, elsewhere])).toEqual([[undefined, 'routing']]);
  expect(complaints('no-criteria', given).map(({ fix }) => fix)).toEqual([undefined]);
});

test('a cap is set in the Acceptance that is there, muted or not, which keeps its criteria', () => {
  for (const muted of [{}, { muted: true }]) {
    const open = change(sound, 'c', { params: { cap: 0, sharpness: 7 }, ...muted });
    const given = scene(open, { table: house({ cap: 40 }) });
    const mended = applied(given, 'no-cap');
    expect(Object.keys(mended.nodes)).toEqual(Object.keys(sound.nodes));
    expect(mended.wires).toEqual(sound.wires);
    expect(mended.nodes['c' as never]).toMatchObject({ params: { cap: 4, sharpness: 7 } });
    expect(mended.nodes['c' as never]).not.toHaveProperty('muted');
    expect(complaints('no-cap', { ...given, graph: mended })).toEqual([]);
  }
  const muted = scene(change(sound, 'c', { params: { cap: 3 }, muted: true }), { table: house({ cap: 40 }) });
  expect(complaints('no-cap', muted).length).toBe(1);
  const fed = scene(promoting(change(sound, 'c', { params: {} }), 'c', 'cap'), { table: house({ cap: 40 }) });
  expect(complaints('no-cap', fed)).toEqual([]);
});

test('neither a cap that a wire brings nor a muted Acceptance says what is acceptable; a threshold that a wire brings does', () => {
  const capped = scene(promoting(change(sound, 'c', { params: { cap: 3 } }), 'c', 'cap'));
  expect(complaints('no-criteria', capped).length).toBe(1);
  const mended = applied(capped, 'no-criteria');
  expect(mended.nodes['c' as never]).toMatchObject({ params: { cap: 3, sharpness: 2, emptiness: 95 } });
  const plugged = scene(change(sound, 'c', { params: { cap: 3 }, promoted: ['sharpness'] }));
  expect(complaints('no-criteria', plugged).length).toBe(1);
  expect(complaints('no-criteria', scene(promoting(change(sound, 'c', { params: {} }), 'c', 'sharpness')))).toEqual([]);

  const muted = scene(change(sound, 'c', { muted: true }));
  expect(complaints('no-criteria', muted).length).toBe(1);
  const heard = applied(muted, 'no-criteria');
  expect(heard.nodes).toEqual(sound.nodes);
  expect(complaints('no-criteria', { ...muted, graph: heard })).toEqual([]);
});

test('a muted Aspect plans no size and a muted Reference shows no face; a muted node hands on what comes in', () => {
  expect(complaints('size-unplanned', scene(change(sound, 'a', { muted: true }))).length).toBe(1);
  const referred = graphOf({ r: 'reference', i: ['image', { tier: 'character' }] }, ['r.reference > i.references']);
  expect(complaints('character-unreferenced', scene(referred))).toEqual([]);
  expect(complaints('character-unreferenced', scene(change(referred, 'r', { muted: true }))).length).toBe(1);
  const relay = { ...registry.get('aspect')!, id: 'relay', inputs: { aspect: s.aspect({ optional: true }) } };
  const knowing = new Map([...registry, ['relay', relay as NodeDefinition]]);
  const { w000002: direct, ...others } = sound.wires as Record<string, Wire>;
  const relayed = (...list: string[]) => ({
    ...change(sound, 'm', { type: 'relay', version: 1, params: {}, position: { x: 0, y: 0 }, muted: true }),
    wires: { ...others, ...renamed(graphOf({}, list).wires) },
  });
  expect(direct!.to.socket).toBe('aspect');
  const fed = scene(relayed('a.aspect > m.aspect', 'm.aspect > i.aspect'), { registry: knowing });
  expect(complaints('size-unplanned', fed)).toEqual([]);
  const unfed = scene(relayed('m.aspect > i.aspect'), { registry: knowing });
  expect(complaints('size-unplanned', unfed).length).toBe(1);
});

test('an unaudited month tells how many takes there were and what they cost', () => {
  const october = Date.parse('2026-10-05');
  const of = (...charged: (number | null)[]) => {
    const takes = charged.map((amount) => ({ ...take('accepted', october), charged: amount }) as TakeRecord);
    const newer = { ...take('accepted'), charged: 9 } as unknown as TakeRecord;
    return complaints('month-not-audited', scene(sound, { takes: [...takes, newer] })).map(({ text }) => inWords(text));
  };
  const after = 'and nobody has looked through that month.';
  expect(of(0, 0)).toEqual([`2 takes of this graph from Oct 2026 cost nothing, ${after}`]);
  expect(of(50_000)).toEqual([`1 take of this graph from Oct 2026 cost $0.05, ${after}`]);
  expect(of(50_000, null, 0)).toEqual([`3 takes of this graph from Oct 2026 cost $0.05 or more, ${after}`]);
});

test('nodes of the same name are told apart wherever one is named', () => {
  const ends = ['d1', 'd2', 'd3', 'd4', 'd5'];
  const graph = graphOf(
    { i: 'image', ...Object.fromEntries(ends.map((id) => [id, 'deliver'])) },
    ends.map((id) => `i.image > ${id}.image`),
  );
  const stacked = ends.reduce((all, id, at) => change(all, id, { position: { x: 0, y: -at } }), graph);
  const titled = change(stacked, 'd5', { title: 'Poster' });
  const findings = check(scene(titled, { mode: 'draft' })).filter(({ node }) => ends.includes(node ?? ''));
  const texts = findings.map(({ text }) => inWords(text));
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.filter((text) => text.includes('straight from'))).toEqual([
    '“Deliver (4 of 4)” delivers straight from Image.',
    '“Deliver (3 of 4)” delivers straight from Image.',
    '“Deliver (2 of 4)” delivers straight from Image.',
    '“Deliver (1 of 4)” delivers straight from Image.',
    '“Poster” delivers straight from Image.',
  ]);
});

test('an accepted take ends “nothing accepted”', () =>
  expect(complaints('nothing-accepted', scene(sound, { takes: [take('open'), take('accepted')] }))).toEqual([]));

test.each(readdirSync('public/templates').filter((name) => name.endsWith('.triptych.json')))(
  'the template %s takes no risks',
  (name) => {
    const opened = parseGraphFile(readFileSync(`public/templates/${name}`, 'utf8'), registry);
    if (!opened.ok) throw new Error(inWords(opened.error.message));
    expect(opened.value.graph.routing).toEqual(pinTo(HOUSE));
    const risks = check(scene(opened.value.graph, { table: HOUSE, newest: HOUSE })).filter(
      ({ rule }) => rule.severity === 'risk',
    );
    expect(risks.map(({ text }) => inWords(text))).toEqual([]);
    const shipped = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
    if (!shipped.ok) throw new Error(inWords(shipped.error.message));
    const market = { catalog: shipped.value.catalog, book: NO_OVERRIDES, ready: readyFor('sketch') };
    const asShipped = scene(opened.value.graph, { table: HOUSE, newest: HOUSE, market, now: Date.parse('2027-06-01') });
    expect(complaints('prices-due', asShipped)).toEqual([]);
    // As a form it asks for something, and every field is there.
    const { form } = opened.value.graph;
    expect(form.length).toBeGreaterThan(1);
    expect(
      form.filter(({ node, param }) => !registry.get(opened.value.graph.nodes[node]!.type)!.params[param]),
    ).toEqual([]);
  },
);

test('a graph whose table is not here is told of, whatever versions there are, and can be pinned to the one that is used', () => {
  const shared = { ...sound, routing: { table: 'theirs', version: 4 } };
  const [found] = complaints('table-not-pinned', scene(shared));
  expect(inWords(found!.text)).toBe(
    'It is pinned to version 4 of the routing table “theirs”, which is not here; House 1 is used.',
  );
  expect(inWords(found!.fix!.label)).toBe('Pin House 1');
});

test('a graph of 2,000 nodes is checked after every edit, so each wire is looked at a few times, not once for every pair', () => {
  const nodes: Record<string, string> = {};
  const list: string[] = [];
  for (let k = 0; k < 500; k++) {
    Object.assign(nodes, { [`p${k}`]: 'prompt', [`i${k}`]: 'image', [`u${k}`]: 'upscale', [`d${k}`]: 'deliver' });
    list.push(`p${k}.prompt > i${k}.prompt`, `i${k}.image > u${k}.image`, `u${k}.image > d${k}.image`);
  }
  const found = check(scene(pinned(graphOf(nodes, list))));
  expect(found.filter(({ rule }) => rule.id === 'size-unplanned').length).toBe(500);
});

test('a pinned node is named with its model; one that nobody can be asked for is said to be so; what the row is like says nothing of it', () => {
  const said = (model: Partial<Model> | undefined) => {
    const catalog = model ? catalogOf([{ ...old, ...model }], '2026-11-01') : EMPTY_CATALOG;
    const market = { catalog, book: NO_OVERRIDES, ready: readyFor('sketch', 'p') };
    const graph = change(sound, 'i', { pinned: { provider: 'p', model: 'm' } });
    return complaints('pinned-model', scene(graph, { market })).map(({ text }) => inWords(text));
  };
  expect(said({})).toEqual(['“Image” is pinned to Old One; the table is passed over.']);
  expect(said({ status: 'retired', statusDate: '2026-09-24' })).toEqual([
    '“Image” is pinned to Old One, which is retired since 2026-09-24: it cannot be made.',
  ]);
  expect(said(undefined)).toEqual(['“Image” is pinned to m at P, which the catalog does not know: it cannot be made.']);
  const lone = house({ candidates: [BUILT_IN], fallbacks: 0 });
  const pinnedNode = scene(change(sound, 'i', { pinned: { provider: 'p', model: 'm' } }), { table: lone });
  expect([...complaints('one-model', pinnedNode), ...complaints('no-fallback', pinnedNode)]).toEqual([]);
});
