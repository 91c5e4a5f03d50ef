import { readFileSync } from 'node:fs';
import { readyFor } from '../rig/ready.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import { parseParams } from '../../src/core/params.ts';
import { registry } from '../../src/registry.ts';
import { dispatcher } from '../../src/routing/take-plan.ts';
import { dollars, type Micros } from '../../src/core/money.ts';
import { TIERS, WORK_KINDS, type ModelRef, type TakeRecord, type TakeRequest } from '../../src/core/take.ts';
import { readinessOf } from '../../src/routing/readiness.ts';
import { whatIsMissing } from '../../src/routing/what-is-missing.ts';
import type { ProviderView } from '../../src/routing/job.ts';
import { BUILT_IN, catalogOf, type Model } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { commonPrice, estimate, priceOf } from '../../src/routing/prices.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { needsOf, resolve, type Market } from '../../src/routing/resolve.ts';
import { problemsOf, ROW_TIERS, type Row, type RoutingTable } from '../../src/routing/routing-table.ts';
import { parseTableFile, writeTableFile } from '../../src/routing/table-file.ts';
import { inWords, say } from '../../src/core/say.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const file = readFileSync('public/catalog.json', 'utf8');
const parsed = parseCatalog(file);
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const { catalog } = parsed.value;
const everyone = readyFor(...new Set(catalog.models.flatMap((model) => model.offers.map((offer) => offer.provider))));
const market: Market = { catalog, book: NO_OVERRIDES, ready: readyFor('sketch') };
const request = (over: Partial<TakeRequest> = {}): TakeRequest =>
  takeRequest({ seed: { kind: 'seed', seed: 7, locked: true }, ...over });
const size = { megapixels: 1, seconds: 6, width: 1280, height: 720, fps: 24 };

test('the shipped catalog: sixty and more real models, none dropped, unknown prices stay unknown', () => {
  expect(parsed.value.dropped).toEqual([]);
  expect(catalog.models.length).toBeGreaterThan(60);
  const unpriced = catalog.models.flatMap((model) =>
    model.offers.filter((offer) => !offer.price).map((offer) => ({ provider: offer.provider, model: model.id })),
  );
  expect(unpriced.length).toBeGreaterThan(20);
  for (const ref of unpriced)
    expect(estimate(ref, 'text to image', size, catalog, NO_OVERRIDES).amount).toBe(undefined);
});

test('a price for each frame counts whole frames, at any rate', () => {
  const [model] = catalog.models;
  const perFrame: Model = {
    ...model!,
    id: 'framed',
    offers: [
      {
        provider: 'p',
        modelId: 'framed',
        price: { amount: dollars('0.01'), unit: 'frame', per: 1, source: '', asOf: '2026-11-01' },
      },
    ],
  };
  const cost = (seconds: number, fps: number) =>
    estimate(
      { model: 'framed', provider: 'p' },
      'image to video',
      { ...size, seconds, fps },
      catalogOf([perFrame], '2026-11-01'),
      NO_OVERRIDES,
    ).amount;
  expect([cost(2, 24), cost(2.25, 29.97), cost(0.1, 30), cost(1001 / 30000, 30000 / 1001), cost(4, 12.5)]).toEqual(
    ['0.48', '0.68', '0.03', '0.01', '0.50'].map(dollars),
  );
});

test('prices come out as the lists say', () => {
  const cost = (model: string, provider: string, work: TakeRequest['work'] = 'text to image', at = size) =>
    estimate({ model, provider }, work, at, catalog, NO_OVERRIDES);
  expect(cost('bfl/flux-2-max', 'bfl').amount).toBe(dollars('0.07'));
  expect(cost('bfl/flux-schnell', 'together', 'text to image', { ...size, megapixels: 2 }).amount).toBe(
    dollars('0.0054'),
  );
  // Veo is made in 4, 6 or 8 s: five seconds are charged as six.
  expect(cost('google/veo-3.1', 'google-vertex', 'image to video', { ...size, seconds: 5 }).amount).toBe(
    dollars('2.4'),
  );
  // 21,600 tokens a second at 720p and 7 dollars a million.
  expect(cost('bytedance/seedance-2.0', 'byteplus', 'text to video', { ...size, seconds: 5 })).toEqual({
    amount: dollars('0.756'),
    about: true,
  });
  expect(cost('openai/gpt-image-2.6-sunburst', 'openai').amount).toBe(undefined);
  expect(cost('stability/upscale-fast', 'stability', 'upscale').amount).toBe(undefined);
  const rated = { overrides: [], creditRates: { stability: dollars('0.01') } };
  expect(
    estimate({ model: 'stability/upscale-fast', provider: 'stability' }, 'upscale', size, catalog, rated).amount,
  ).toBe(dollars('0.02'));
  expect(
    commonPrice({ model: 'alibaba/wan-2.2-a14b', provider: 'together' }, 'text to video', catalog, NO_OVERRIDES).amount,
  ).toBe(undefined);
  expect(
    commonPrice({ model: 'google/veo-3.1', provider: 'google-vertex' }, 'text to video', catalog, NO_OVERRIDES).amount,
  ).toBe(dollars('0.4'));
});

test('a clip longer than a model makes is not asked of it; a shorter one is billed as the next length it makes', () => {
  const asked = (seconds: number) =>
    resolve(
      request({
        work: 'text to video',
        tier: 'cinematic',
        motion: { kind: 'motion', move: 'push in', amount: 0.5, easing: 'linear', seconds, fps: 24 },
      }),
      'delivery',
      HOUSE,
      { ...market, ready: everyone },
    ).considered.filter(({ provider, model }) => market.catalog.find({ provider, model })?.model.supports.durations);
  expect(asked(5).length).toBeGreaterThan(0);
  for (const candidate of asked(5)) {
    const { durations = [] } = market.catalog.find(candidate)!.model.supports;
    const longest = Math.max(...durations);
    const said = asked(longest + 1).find(({ model }) => model === candidate.model)!;
    expect(said.reasons.map((reason) => inWords(reason))).toContainEqual(
      `makes clips of at most ${longest} s, and ${longest + 1} s are asked for`,
    );
    const least = durations[0]!;
    expect(asked(least - 0.5).find(({ model }) => model === candidate.model)!.estimate).toEqual(
      asked(least).find(({ model }) => model === candidate.model)!.estimate,
    );
  }
});

test('lengths a list does not name are estimated where the model makes them, and refused in words where it does not', () => {
  const candidates = [
    { provider: 'comfy-partner-node', model: 'luma/ray-flash-2' },
    { provider: 'inference.sh', model: 'kling/v2.5-turbo' },
  ];
  const house = HOUSE.rows.find(({ work, tier }) => work === 'text to video' && tier === 'speed')!;
  const { maxPrice: _, ...row } = { ...house, candidates, needs: [] };
  const asked = (seconds: number) =>
    resolve(
      request({
        work: 'text to video',
        seed: { kind: 'seed', seed: 7, locked: false },
        motion: { kind: 'motion', move: 'push in', amount: 0.5, easing: 'linear', seconds, fps: 24 },
      }),
      'delivery',
      { ...HOUSE, rows: [row] },
      { ...market, ready: everyone },
    ).considered.map(({ estimate: cost, reasons }) => [cost.amount, cost.about, ...reasons.map((one) => inWords(one))]);
  const [flash, kling] = asked(9);
  expect(flash![0]).toBeGreaterThan(dollars('0.34'));
  expect(kling![0]).toBeGreaterThan(dollars('0.35'));
  expect([flash!.slice(1), kling!.slice(1)]).toEqual([[true], [true]]);
  expect(asked(11).map(([, , why]) => why)).toEqual([
    'makes clips of at most 9 s, and 11 s are asked for',
    'makes clips of at most 10 s, and 11 s are asked for',
  ]);
});

test("the user's newest price counts", () => {
  const own = (amount: string, at: number) => ({ ...BUILT_IN, amount: dollars(amount), unit: 'image' as const, at });
  expect(priceOf(BUILT_IN, undefined, { overrides: [own('0.05', 2), own('0.09', 1)], creditRates: {} })).toMatchObject({
    amount: dollars('0.05'),
    overridden: true,
  });
});

test('House has a row for every kind of work and tier, and no problems', () => {
  for (const work of WORK_KINDS)
    for (const tier of ROW_TIERS)
      expect(
        HOUSE.rows.some((row) => row.work === work && row.tier === tier),
        `${work}, ${tier}`,
      ).toBe(true);
  expect(problemsOf(HOUSE, catalog)).toEqual([]);
});

test('with nothing set up everything falls to the built-in engine, because the table says so', () => {
  for (const work of WORK_KINDS)
    for (const tier of TIERS) {
      const resolution = resolve(
        request({
          work,
          tier,
          references:
            tier === 'character'
              ? [{ kind: 'reference', image: { kind: 'image', hash: 'x' as never, width: 1, height: 1 }, strength: 1 }]
              : [],
        }),
        'delivery',
        HOUSE,
        market,
      );
      expect(resolution.usable.map(({ provider }) => provider)).toEqual(['sketch']);
      expect(resolution.considered.length).toBeGreaterThan(1);
      for (const { provider, reasons } of resolution.considered)
        if (provider !== 'sketch') expect(reasons.map((reason) => inWords(reason))).toContain('provider not set up');
    }
});

test('a sketch stands in for a service that is set up only where a person says so, and for none that is not', () => {
  const service: Model = {
    ...catalog.models[0]!,
    id: 'paid',
    name: 'Paid',
    status: 'active',
    work: ['text to image'],
    supports: { seed: true },
    offers: [
      {
        provider: 's',
        modelId: 'paid',
        price: { amount: dollars('0.04'), unit: 'image', per: 1, source: '', asOf: '2026-11-01' },
      },
    ],
  };
  const table = { ...HOUSE, rows: [rowFor({ candidates: [{ provider: 's', model: 'paid' }, BUILT_IN] })] };
  const view = {
    id: 's',
    name: 'S',
    version: 1,
    isLocal: false,
    key: 'entered',
    isReady: true,
  } as unknown as ProviderView;
  const worldWith = (more: Partial<ProviderView>, budgetLeft?: Micros): Market => ({
    catalog: catalogOf([service], ''),
    book: NO_OVERRIDES,
    ready: readinessOf([{ ...view, ...more }]),
    ...(budgetLeft === undefined ? {} : { budgetLeft }),
  });
  const whoIn = (world: Market, over: Partial<TakeRequest> = {}) =>
    resolve(request(over), 'delivery', table, world).usable.map(({ provider }) => provider);
  expect(whoIn(worldWith({}))).toEqual(['s']);
  expect(whoIn(worldWith({}, dollars('0.01')))).toEqual([]);
  const why = say('no money left');
  expect(whoIn(worldWith({ isReady: false, setAside: { until: 1, why } }))).toEqual([]);
  expect(whoIn(worldWith({ isReady: false, lastTest: { at: 1, works: false, message: why } }))).toEqual([]);
  // One model that its key may not use is as a service in trouble; others of that service are not.
  const asideFor = (model: string) =>
    worldWith({ modelsSetAside: [{ model, until: 1, kind: 'forbidden', message: why }] });
  expect(whoIn(asideFor('paid'))).toEqual([]);
  expect(whoIn(asideFor('another'))).toEqual(['s']);
  // One that says its prices says none while it is in trouble: that makes no way for a sketch.
  const untold = { ...service, offers: [{ provider: 's', modelId: 'paid' }] };
  const inTrouble: Partial<ProviderView> = { isReady: false, setAside: { until: 1, why } };
  const ceiling = { ...table, rows: [{ ...table.rows[0]!, maxPrice: dollars('1') }] };
  const whoAtCeiling = (more: Partial<ProviderView>) => {
    const world = { ...worldWith({ ...inTrouble, ...more }), catalog: catalogOf([untold], '') };
    const resolution = resolve(request(), 'delivery', ceiling, world);
    return [resolution.usable.map(({ provider }) => provider), whatIsMissing(resolution).kind];
  };
  expect(whoAtCeiling({ quotes: true })).toEqual([[], 'readiness']);
  expect(whoAtCeiling({})[0]).toEqual(['sketch']);
  expect(whoIn(worldWith({ isReady: false, key: 'missing' }))).toEqual(['sketch']);
  expect(whoIn(worldWith({ isReady: false, key: 'none needed', isLocal: true }))).toEqual(['sketch']);
  expect(whoIn(worldWith({}), { pinned: BUILT_IN })).toEqual(['sketch']);
  const { considered, problem } = resolve(request(), 'delivery', table, worldWith({}, dollars('0.01')));
  expect(considered[1]).toMatchObject({
    isStandIn: true,
    reasons: [say('a sketch does not stand in for {0}', say('Paid'))],
  });
  expect(inWords(problem!)).toContain('over budget');
});

test('two nodes that ask the same are two deliverables: the takes of one do not use up the cap of the other', () => {
  const taken = [{ node: 'a', slot: '' }] as unknown as TakeRecord[];
  const image = registry.get('image')!;
  const dispatch = dispatcher({
    table: HOUSE,
    market,
    mode: 'delivery',
    graphId: 'g' as GraphId,
    runId: 'r' as RunId,
    nodes: {},
    takesOf: (node) => taken.filter((take) => take.node === node),
  });
  const given = { params: parseParams(image.params, {}).values, inputs: {} };
  const [a, b] = ['a', 'b'].map((node) => dispatch(node as NodeId, image, given as never)!.takePlan);
  expect(a!.slot).toBe(b!.slot);
  expect([a!.taken.length, b!.taken.length]).toEqual([1, 0]);
});

test('each candidate passed over has its reasons', () => {
  const open = { ...market, ready: everyone };
  const reasons = (over: Partial<TakeRequest>, given: Market = open) =>
    Object.fromEntries(
      resolve(request(over), 'delivery', HOUSE, given).considered.map(({ model, reasons: why }) => [
        model,
        why.map((reason) => inWords(reason)).join('; '),
      ]),
    );
  expect(reasons({ tier: 'cinematic' })).toMatchObject({
    'bfl/flux-2-max': '',
    'openai/gpt-image-2.6-sunburst': expect.stringContaining('cannot take: seeds'),
  });
  expect(reasons({ tier: 'cinematic' }, { ...open, budgetLeft: dollars('0.05') })['bfl/flux-2-max']).toContain(
    'over budget ($0.07, $0.05 left)',
  );
  const dear: RoutingTable = { ...HOUSE, rows: [{ ...HOUSE.rows[1]!, maxPrice: dollars('0.01') }] };
  expect(
    resolve(request({ tier: 'cinematic' }), 'delivery', dear, open).considered[0]!.reasons.map((reason) =>
      inWords(reason),
    ),
  ).toEqual(['too dear ($0.07, ceiling $0.01)']);
  expect(resolve(request(), 'draft', HOUSE, open).tier).toBe('draft');
});

const SUNBURST = { provider: 'openai', model: 'openai/gpt-image-2.6-sunburst' };

test('a pinned node asks its model and nobody else, whatever the order, the ceiling and the needs of the row', () => {
  const open = { ...market, ready: everyone };
  const pinned = { provider: 'bfl', model: 'bfl/flux-2-max' };
  const strict: Row = { ...HOUSE.rows[1]!, candidates: [BUILT_IN, pinned], maxPrice: dollars('0.01'), fallbacks: 2 };
  const table = { ...HOUSE, rows: [strict] };
  const { considered, usable, row } = resolve(request({ tier: 'cinematic', pinned }), 'delivery', table, open);
  expect(usable.map(({ model }) => model)).toEqual([pinned.model]);
  expect([row!.fallbacks, row!.cap, row!.escalateTo]).toEqual([0, strict.cap, undefined]);
  expect(considered.map(({ model, reasons }) => [model, ...reasons.map((one) => inWords(one))])).toEqual([
    [pinned.model],
    [BUILT_IN.model, 'the node is pinned to FLUX.2 [max]'],
  ]);
  // Where the table has no row for the work, the pin is all there is.
  expect(resolve(request({ pinned }), 'delivery', { ...HOUSE, rows: [] }, open).usable.length).toBe(1);
});

test('what a pinned model cannot do, and what is left of the budget, hold all the same; the problem names the pin', () => {
  const problem = (over: Partial<TakeRequest>, given: Partial<Market> = {}) => {
    const resolution = resolve(request(over), 'delivery', HOUSE, { ...market, ready: everyone, ...given });
    expect(resolution.usable).toEqual([]);
    return inWords(resolution.problem!);
  };
  expect(problem({ pinned: SUNBURST })).toMatch(
    /^This node is pinned to .*, which cannot be asked: cannot take: seeds/,
  );
  expect(problem({ pinned: { provider: 'bfl', model: 'gone/away' } })).toBe(
    'This node is pinned to gone/away, which cannot be asked: not in the catalog.',
  );
  const flux = { provider: 'bfl', model: 'bfl/flux-2-max' };
  expect(problem({ pinned: flux }, { budgetLeft: dollars('0.01') })).toContain('over budget');
  const retired = catalog.models.find(({ status, statusDate }) => status === 'retired' && statusDate)!;
  expect(problem({ pinned: { provider: retired.offers[0]!.provider, model: retired.id } })).toContain(
    `retired since ${retired.statusDate}`,
  );
});

test('a pin is in the key and makes a deliverable of its own; without one, slots and routes are what they were', () => {
  const image = registry.get('image')!;
  const given = { params: parseParams(image.params, { tier: 'cinematic' }).values, inputs: {} };
  const node = { type: 'image', version: 1, params: {}, position: { x: 0, y: 0 } };
  const ask = (pinned?: ModelRef) =>
    dispatcher({
      table: HOUSE,
      market: { ...market, ready: everyone },
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: { ['a' as NodeId]: { ...node, ...(pinned ? { pinned } : {}) } },
      takesOf: () => [],
    })('a' as NodeId, image, given as never)!;
  const [free, first, other] = [
    ask(),
    ask({ provider: 'bfl', model: 'bfl/flux-2-max' }),
    ask({ provider: 'bfl', model: 'bfl/flux-kontext-max' }),
  ];
  expect(new Set([free, first, other].map(({ takePlan }) => takePlan.slot)).size).toBe(3);
  expect(free.takePlan.slot).toBe('e9abc31acf4e641caefc0a560c306413');
  expect(free.route).toBe('delivery: bfl flux-2-max');
  // The same model with the same words makes the same picture, whoever chose it: it is not paid for twice.
  expect(first.route).toBe(free.route);
  expect(other.route).toBe('delivery: bfl flux-kontext-max');
});

const models = fc
  .array(
    fc.record({
      seed: fc.option(fc.boolean(), { nil: undefined }),
      references: fc.option(fc.boolean(), { nil: undefined }),
      firstFrame: fc.option(fc.boolean(), { nil: undefined }),
      price: fc.option(fc.nat(900_000), { nil: undefined }),
      status: fc.constantFrom('active', 'deprecated', 'retired'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ price, status, ...can }, k): Model => ({
      id: `m${k}`,
      vendor: 'v',
      name: `M${k}`,
      status: status as Model['status'],
      work: ['text to image', 'image to video'],
      modalities: [],
      supports: Object.fromEntries(Object.entries(can).filter(([, value]) => value !== undefined)),
      tiers: [],
      seeds: 'unknown',
      sources: [],
      asOf: '2026-11-01',
      offers: [
        {
          provider: 'p',
          modelId: `m${k}`,
          ...(price === undefined
            ? {}
            : { price: { amount: price as Micros, unit: 'image' as const, per: 1, source: '', asOf: '2026-11-01' } }),
        },
      ],
    })),
  );
const requests = fc
  .record({ locked: fc.boolean(), references: fc.boolean(), video: fc.boolean() })
  .map(({ locked, references, video }) =>
    request({
      work: video ? 'image to video' : 'text to image',
      seed: { kind: 'seed', seed: 1, locked },
      references: references
        ? [{ kind: 'reference', image: { kind: 'image', hash: 'x' as never, width: 1, height: 1 }, strength: 1 }]
        : [],
    }),
  );

test('property: resolve is deterministic and never picks a candidate that lacks what is needed, is retired, or is over a limit', () => {
  fc.assert(
    fc.property(
      models,
      requests,
      fc.option(fc.nat(900_000), { nil: undefined }),
      fc.option(fc.nat(900_000), { nil: undefined }),
      (rows, asked, ceiling, budget) => {
        const own = catalogOf(rows, '2026-11-01');
        const row: Row = {
          work: asked.work,
          tier: 'speed',
          candidates: rows.map(({ id }) => ({ provider: 'p', model: id })),
          needs: [],
          fallbacks: 1,
          switchAfter: 1,
          cap: 3,
          why: '',
          ...(ceiling === undefined ? {} : { maxPrice: ceiling as Micros }),
        };
        const table: RoutingTable = { ...HOUSE, rows: [row] };
        const given: Market = {
          catalog: own,
          book: NO_OVERRIDES,
          ready: readyFor('p'),
          ...(budget === undefined ? {} : { budgetLeft: budget as Micros }),
        };
        const resolution = resolve(asked, 'delivery', table, given);
        expect(resolve(structuredClone(asked), 'delivery', structuredClone(table), given)).toEqual(resolution);
        for (const candidate of resolution.usable) {
          const model = rows.find(({ id }) => id === candidate.model)!;
          for (const need of needsOf(asked)) expect(model.supports[need]).toBe(true);
          expect(model.status).not.toBe('retired');
          const price = model.offers[0]!.price?.amount;
          if (ceiling !== undefined) expect(price).toBeLessThanOrEqual(ceiling);
          if (budget !== undefined) expect(price).toBeLessThanOrEqual(budget);
        }
        for (const candidate of resolution.considered)
          expect(candidate.reasons.length > 0).toBe(!resolution.usable.includes(candidate));
      },
    ),
  );
});

test('a table says everything that is wrong with it', () => {
  const row = (over: Partial<Row>) => rowFor({ candidates: [BUILT_IN], fallbacks: 0, switchAfter: 1, cap: 1, ...over });
  const problems = (...rows: Row[]) =>
    problemsOf({ ...HOUSE, rows }, catalog)
      .map((problem) => inWords(problem))
      .join(' ');
  expect(problems()).toContain('no rows');
  expect(problems(row({ candidates: [] }))).toContain('no candidates');
  expect(problems(row({ cap: 0 }))).toContain('a cap of 0 allows no take');
  expect(problems(row({ candidates: [{ provider: 'nobody', model: 'nothing' }] }))).toContain(
    'the catalog has no nothing at Nobody',
  );
  expect(problems(row({ candidates: [{ provider: 'recraft', model: 'recraft/crisp-upscale' }] }))).toContain(
    'cannot do text to image',
  );
  expect(problems(row({ maxPrice: -1 as Micros }))).toContain('not an amount of money');
  expect(problems(row({ escalateTo: 'cinematic' }), row({ tier: 'cinematic', escalateTo: 'speed' }))).toContain(
    'speed → cinematic → speed',
  );
  expect(problems(row({}), row({}))).toContain('two rows');
  expect(
    problems(row({ candidates: [{ provider: 'openai', model: 'openai/sora-2' }], work: 'text to video' })),
  ).toContain('retired');
});

test('a table travels as a file and comes back as the same draft; damaged ones are refused in words', () => {
  const back = parseTableFile(writeTableFile({ table: HOUSE, workflows: [] }));
  expect(back.ok && back.value).toEqual({ table: { ...HOUSE, version: 0, publishedAt: '' }, workflows: [] });
  for (const text of [
    '{',
    '{}',
    '{"format":"triptych-routing","formatVersion":2,"rows":[]}',
    '{"format":"triptych-routing","formatVersion":1,"rows":[{"work":"baking"}]}',
  ]) {
    const read = parseTableFile(text);
    expect(read.ok ? '' : inWords(read.error.message)).toMatch(/\w+ .*\./);
  }
});

test('a damaged catalog is refused or read without its damage', () => {
  expect(parseCatalog(file.slice(0, 5000))).toMatchObject({ ok: false });
  expect(parseCatalog('{"format":"triptych-catalog","models":[]}')).toMatchObject({ ok: false });
  const bad = JSON.stringify({
    format: 'triptych-catalog',
    asOf: '2026-11-22',
    models: [
      {
        id: 'a',
        name: 'A',
        modalities: ['text-to-image'],
        providers: [{ provider: 'p', model_id: 'a', price: { amount: -3, unit: 'per_image' } }],
      },
      { nonsense: true },
      null,
      {
        id: 'b',
        name: 'B',
        modalities: ['text-to-image'],
        providers: [{ provider: 'p', model_id: 'b', price: { amount: 0.0000004, unit: 'per_image' } }],
      },
    ],
  });
  const read = parseCatalog(bad);
  if (!read.ok) throw new Error('refused');
  expect(read.value.dropped.map((line) => inWords(line))).toEqual([
    'A at P: its price cannot be read and counts as unknown.',
    expect.stringContaining('Row 2'),
    expect.stringContaining('Row 3'),
    'B at P: its price cannot be read and counts as unknown.',
  ]);
  expect(read.value.catalog.find({ provider: 'p', model: 'a' })?.offer.price).toBe(undefined);
});

test('a model is asked by the name it has for the work, and not where nobody has written down how', () => {
  const refs = [
    { provider: 'fal', model: 'bytedance/seedance-1.5-pro' },
    { provider: 'fal', model: 'minimax/h3-max' },
  ];
  const { maxPrice: _, ...row } = HOUSE.rows[0]!;
  const rows: Row[] = [{ ...row, work: 'text to video', tier: 'speed', candidates: refs, needs: [] }];
  const { considered } = resolve(
    request({
      work: 'text to video',
      motion: { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 5, fps: 24 },
    }),
    'delivery',
    { ...HOUSE, rows },
    { ...market, ready: [{ id: 'fal', version: 1 }] },
  );
  expect(considered.map(({ modelId, fit }) => [modelId, fit?.fields?.duration?.name])).toEqual([
    ['fal-ai/bytedance/seedance/v1.5/pro/text-to-video', 'duration'],
    ['minimax/h3-max/image-to-video', undefined],
  ]);
  expect(considered.map(({ reasons }) => reasons.map((reason) => inWords(reason)))).toEqual([
    [],
    ['nobody has written down how it is asked for this'],
  ]);
});

test('what ComfyUI makes only with a workflow of one’s own is passed over with that reason', () => {
  const candidates = ['alibaba/qwen-image-2512', 'stability/sdxl-1.0', 'local/checkpoint'].map((model) => ({
    provider: 'comfyui-local',
    model,
  }));
  const { maxPrice: _, ...row } = HOUSE.rows.find(({ work, tier }) => work === 'text to image' && tier === 'speed')!;
  const { considered } = resolve(
    request({ tier: 'speed' }),
    'delivery',
    { ...HOUSE, rows: [{ ...row, candidates }] },
    { ...market, ready: [{ id: 'comfyui-local', version: 1 }] },
  );
  expect(considered.map(({ modelId, reasons }) => [modelId, reasons.map((reason) => inWords(reason))])).toEqual([
    ['workflow of one’s own', ['made there with a workflow of your own only']],
    ['sd_xl_base_1.0.safetensors', []],
    // As it was called before the others were told from it: takes that were made are found by this name.
    ['user-installed checkpoint', []],
  ]);
});

test('who would set a still in motion is known before the still is made', () => {
  const candidates = [{ provider: 'fal', model: 'bytedance/seedance-1.0-pro-fast' }];
  const { maxPrice: _, ...row } = HOUSE.rows[0]!;
  const rows: Row[] = [{ ...row, work: 'image to video', tier: 'speed', candidates, needs: [] }];
  const { usable } = resolve(
    request({
      work: 'image to video',
      motion: { kind: 'motion', move: 'orbit', amount: 1, easing: 'linear', seconds: 5, fps: 24 },
    }),
    'delivery',
    { ...HOUSE, rows },
    { ...market, ready: [{ id: 'fal', version: 1 }] },
    true,
  );
  expect(usable.map(({ modelId }) => modelId)).toEqual(['fal-ai/bytedance/seedance/v1/pro/fast/image-to-video']);
});

test('a service that cannot be asked lacks a key or an answer; one that nobody knows to ask lacks more', () => {
  const view = { name: 'BFL', version: 1, isLocal: false, keyNames: [], addressName: '', atOnce: 1, isReady: false };
  const service = (over: object) =>
    ({ ...view, id: 'bfl', key: 'entered', spentThisMonth: 0, reserved: 0, ...over }) as unknown as ProviderView;
  const lacks = (...services: readonly ProviderView[]) =>
    resolve(request({ tier: 'cinematic' }), 'delivery', HOUSE, { ...market, ready: readinessOf(services) })
      .considered[0]!.obstacle;
  expect(lacks(service({ key: 'missing' }))).toMatchObject({ lacks: 'key' });
  const isDown = { at: 0, works: false, message: 'It is down.' };
  expect(lacks(service({ lastTest: isDown }))).toMatchObject({ lacks: 'readiness' });
  expect(lacks(service({ lastTest: { ...isDown, isUnreachable: true } }))).toMatchObject({
    lacks: 'answer',
  });
  expect(lacks(service({ isReady: true }))).toBeUndefined();
  expect(lacks()).toMatchObject({ lacks: 'adapter' });
});

test('what a model takes otherwise than it was asked is said at the input it is about', () => {
  const notes = (over: Partial<TakeRequest>, pinned: ModelRef) => {
    const open = request({ seed: { kind: 'seed', seed: 7, locked: false }, ...over, pinned });
    const ready = [{ id: pinned.provider, version: 1 }];
    const fit = resolve(open, 'delivery', HOUSE, { ...market, ready }).considered[0]!.fit!;
    return fit.notes.map(({ input }) => input);
  };
  const flux = { provider: 'replicate', model: 'bfl/flux-schnell' };
  expect(notes({}, flux)).toEqual([]);
  const turned: Partial<TakeRequest> = {
    guidance: { kind: 'guidance', scale: 12 },
    prompt: { kind: 'prompt', text: 'a lake', negative: 'people' },
  };
  expect(notes(turned, flux)).toEqual(['prompt']);
  expect(notes({}, SUNBURST)).toEqual(['seed']);
  expect(notes(turned, SUNBURST)).toEqual(['seed', 'guidance', 'prompt']);
});
