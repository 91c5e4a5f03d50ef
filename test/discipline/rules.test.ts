/** Every rule: a graph that breaks it, the one that does not, and the fix, which must leave nothing to complain about. */
import { readdirSync, readFileSync } from 'node:fs';
import { produce as edit } from 'immer';
import { expect, test } from 'vitest';
import type { GraphDraft } from '../../src/core/edits.ts';
import type { Graph } from '../../src/core/graph.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { check, RULES } from '../../src/discipline/discipline.ts';
import type { Scene } from '../../src/discipline/rule.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { BUILT_IN, catalogOf, EMPTY_CATALOG, type Model } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/prices.ts';
import type { RoutingTable, Row } from '../../src/routing/table.ts';
import { graphOf } from '../rig/graphs.ts';
import { inWords } from '../../src/core/say.ts';

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
  market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: ['sketch'] },
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
const take = (state: 'accepted' | 'open') =>
  ({ node: 'i', mode: 'delivery', verdict: { state } }) as unknown as TakeRecord;

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
      sound,
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
    market: { catalog: catalogOf([old], '2026-06-01'), book: NO_OVERRIDES, ready: ['sketch'] },
  }),
  'nothing-accepted': scene(sound, { takes: [take('open')] }),
};

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

test('an accepted take ends “nothing accepted”', () =>
  expect(complaints('nothing-accepted', scene(sound, { takes: [take('open'), take('accepted')] }))).toEqual([]));

test.each(readdirSync('public/templates').filter((name) => name.endsWith('.triptych.json')))(
  'the template %s takes no risks',
  (name) => {
    const opened = parseGraphFile(readFileSync(`public/templates/${name}`, 'utf8'), registry);
    if (!opened.ok) throw new Error(inWords(opened.error.message));
    expect(opened.value.graph.routing).toEqual({ table: HOUSE.id, version: HOUSE.version });
    const risks = check(scene(opened.value.graph, { table: HOUSE, newest: HOUSE })).filter(
      ({ rule }) => rule.severity === 'risk',
    );
    expect(risks.map(({ text }) => inWords(text))).toEqual([]);
    // As a form it asks for something, and every field is there.
    const { form } = opened.value.graph;
    expect(form.length).toBeGreaterThan(1);
    expect(
      form.filter(({ node, param }) => !registry.get(opened.value.graph.nodes[node]!.type)!.params[param]),
    ).toEqual([]);
  },
);

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
