/** Everything that reads what others wrote: how an input for it is made, and what must hold for each input. */
import { readdirSync, readFileSync } from 'node:fs';
import { readyFor } from '../rig/ready.ts';
import { deflateRawSync } from 'node:zlib';
import { produce } from 'immer';
import type { GraphDraft } from '../../src/graph/edits.ts';
import { NodeError, type Failure, type Result } from '../../src/core/errors.ts';
import { adoptComponents, pasteFragment } from '../../src/graph/fragment.ts';
import { emptyGraph, type Graph } from '../../src/graph/graph.ts';
import { MOST_NODES } from '../../src/core/limits.ts';
import { randomFrom } from '../../src/core/random.ts';
import { inWords } from '../../src/core/say.ts';
import { TIERS, WORK_KINDS } from '../../src/core/take.ts';
import { textIn } from '../../src/app/share-link.ts';
import { readComfyUi } from '../../src/file/comfyui-workflow.ts';
import { parseFragment } from '../../src/file/fragment-text.ts';
import { graphIn, withGraph } from '../../src/file/inside.ts';
import { parseGraphFile, type Opened } from '../../src/file/parse.ts';
import { layOver, readTable } from '../../src/file/batch-table.ts';
import { lookUp, parseCubeLut } from '../../src/raster/cube-lut.ts';
import { cubeOf } from '../../src/raster/grade.ts';
import { registry } from '../../src/registry.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { estimate } from '../../src/routing/prices.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { resolve } from '../../src/routing/resolve.ts';
import { problemsOf, rowOf } from '../../src/routing/routing-table.ts';
import { parseTableFile, writeTableFile } from '../../src/routing/table-file.ts';
import { mutated, mutatedBytes, mutatedText, oneOf, written } from './mutate.ts';
import { must, mustBeSound } from './sound.ts';

type Random = () => number;
export type Outcome = 'accepted' | 'refused';
export interface Kind {
  readonly name: string;
  make(random: Random): string | Uint8Array;
  /** Throws where something does not hold. */
  attempt(input: string | Uint8Array): Outcome | Promise<Outcome>;
}

const text = (path: string): string => readFileSync(path, 'utf8');
const GRAPHS: readonly unknown[] = [
  ...readdirSync('public/templates')
    .filter((name) => name.endsWith('.triptych.json'))
    .map((name) => text(`public/templates/${name}`)),
  ...readdirSync('test/fixtures/graphs').map((name) => text(`test/fixtures/graphs/${name}`)),
  text('test/fixtures/hostile/nested.triptych.json'),
].map((graph) => JSON.parse(graph) as unknown);
/** Weighted: the one with everything in it, and small ones, teach more than many alike. */
const graphFor = (random: Random): unknown => (random() < 0.5 ? GRAPHS.at(-1) : oneOf(random, GRAPHS));
const graphText = (random: Random): string => {
  const whole = written(mutated(random, graphFor(random)));
  return random() < 0.1 ? mutatedText(random, whole) : whole;
};

/** A refusal is a sentence. */
function refused(error: Failure): Outcome {
  must(
    inWords(error.message).length > 10 && error.code !== 'bug',
    `It was refused without a sentence: ${inWords(error.message)}`,
  );
  return 'refused';
}
async function soundOr(parsed: Result<Opened>): Promise<Outcome> {
  if (!parsed.ok) return refused(parsed.error);
  await mustBeSound(parsed.value);
  return 'accepted';
}
/** What a reader that throws for damaged input says; anything but a `NodeError` is a bug. */
function orRefused(work: () => void): Outcome {
  try {
    work();
    return 'accepted';
  } catch (thrown) {
    if (thrown instanceof NodeError) return refused({ code: thrown.code, message: thrown.said });
    throw thrown;
  }
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);
const latin = (signs: string): Uint8Array => Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
const CARRIERS = {
  png: PNG,
  webp: latin('RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0'),
  mp4: latin('\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x08mdat'),
} as const;

const carrier = (name: keyof typeof CARRIERS): Kind => ({
  name,
  make: (random) => {
    const whole = withGraph(CARRIERS[name], {
      graph: random() < 0.5 ? graphText(random) : JSON.stringify(graphFor(random)),
      xmp: '<x/>',
    });
    return random() < 0.8 ? mutatedBytes(random, whole) : whole;
  },
  async attempt(input) {
    let found: string | undefined;
    const outcome = orRefused(() => (found = graphIn(input as Uint8Array)));
    return found === undefined
      ? outcome === 'accepted'
        ? 'refused'
        : outcome
      : soundOr(parseGraphFile(found, registry));
  },
});

const request = (work: (typeof WORK_KINDS)[number]) =>
  ({
    work,
    tier: 'speed',
    megapixels: 1,
    references: [],
    prompt: { kind: 'prompt', text: 'x', negative: '' },
    seed: { kind: 'seed', seed: 7, locked: true },
    guidance: { kind: 'guidance', scale: 7 },
    aspect: { kind: 'aspect', ratio: [1, 1], width: 8, height: 8 },
    motion: { kind: 'motion', move: 'orbit', amount: 0.5, easing: 'linear', seconds: 3, fps: 12 },
  }) as const;
const CATALOG = JSON.parse(text('public/catalog.json')) as { models: unknown[] };
const knownCatalog = parseCatalog(JSON.stringify(CATALOG));
const BATCH = parseGraphFile(text('public/templates/product-range.triptych.json'), registry);
const batchGraph: Graph = BATCH.ok ? BATCH.value.graph : emptyGraph();
const TABLES = [
  'product,Seed\na red vase,1\n"a ""blue"" one; two",2\n',
  'Seed;product\r\n1;clock\r\n2;lamp\r\n',
  'clock\t3\nlamp\t4\n',
  '\uFEFFproduct\na\nb\n',
];
const CUBES = [
  'TITLE "x"\nLUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n',
  `# c\nLUT_3D_SIZE 3\n${'0.5 .25 1e-1\n'.repeat(27)}`,
];
const WORKFLOWS: readonly unknown[] = [
  {
    nodes: [
      { id: 1, type: 'KSampler', pos: [1, 2], size: { 0: 5, 1: 6 }, widgets_values: ['a', 2, {}], title: 'S' },
      { id: 2, type: 'sub', pos: [9, 9] },
    ],
    links: [[1, 1, 0, 2, 0, 'MODEL'], { id: 2, origin_id: 2, target_id: 1, type: 'X' }],
    groups: [{ title: 'G', bounding: [0, 0, 9, 9] }],
    definitions: {
      subgraphs: [{ id: 'sub', name: 'Sub', nodes: [{ id: 3, type: 'VAEDecode' }], links: [], groups: [] }],
    },
  },
  {
    3: { class_type: 'KSampler', inputs: { seed: 5, model: ['4', 0], positive: ['6', 0] } },
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'v' } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: 'x', clip: ['4', 1] }, _meta: { title: 'P' } },
  },
];

export const KINDS: readonly Kind[] = [
  { name: 'graph', make: graphText, attempt: (input) => soundOr(parseGraphFile(input as string, registry)) },
  {
    name: 'link',
    make: (random) => {
      const code = base64url(deflateRawSync(random() < 0.7 ? graphText(random) : JSON.stringify(graphFor(random))));
      return random() < 0.5 ? mutatedText(random, code) : code;
    },
    async attempt(input) {
      const found = await textIn(input as string);
      return found.ok ? soundOr(parseGraphFile(found.value, registry)) : refused(found.error);
    },
  },
  carrier('png'),
  carrier('webp'),
  carrier('mp4'),
  {
    name: 'fragment',
    make: graphText,
    async attempt(input) {
      const read = parseFragment(input as string, registry);
      if (!read.ok) return refused(read.error);
      const graph = produce(
        batchGraph,
        (draft) =>
          void pasteFragment(
            draft as GraphDraft,
            adoptComponents(draft.components as GraphDraft['components'], read.value.fragment),
            { x: 0, y: 0 },
          ),
      );
      await mustBeSound({ graph, report: { migrated: [], missing: [], dropped: [] }, media: {}, results: {} });
      return 'accepted';
    },
  },
  {
    name: 'table',
    make: (random) => mutatedText(random, oneOf(random, TABLES)),
    attempt(input) {
      const { columns, rows, dropped } = readTable(input as string, batchGraph, registry);
      const ids = new Set<string>(columns.map(({ id }) => id));
      for (const row of rows) for (const id of Object.keys(row)) must(ids.has(id), 'A cell is in no column.');
      for (const line of dropped) must(inWords(line).length < 1000, 'A line of the report is endless.');
      produce(batchGraph, (draft) => void layOver(draft as GraphDraft, registry, input as string, 0, 0));
      return rows.length ? 'accepted' : 'refused';
    },
  },
  {
    name: 'lut',
    make: (random) => mutatedText(random, oneOf(random, CUBES)),
    attempt: (input) =>
      orRefused(() => {
        const lut = parseCubeLut(input as string);
        for (const colour of [
          [0, 0, 0],
          [0.3, 0.6, 0.9],
          [1, 1, 1],
          [2, -1, 0.5],
        ] as const)
          must(lookUp(lut, colour).every(Number.isFinite), 'A LUT gives no colour.');
        const isSmall = (lut.cube?.size ?? 2) === 2 && (lut.curve?.size ?? 2) === 2;
        const grade = {
          exposure: 0,
          contrast: 0,
          temperature: 0,
          tint: 0,
          saturation: 1,
          curve: [
            [0, 0],
            [1, 1],
          ] as const,
          lutStrength: 1,
        };
        if (isSmall) must(cubeOf({ ...grade, lut }).data.every(Number.isFinite), 'A grade is no colour.');
      }),
  },
  {
    name: 'catalog',
    make: (random) =>
      written(
        mutated(random, {
          ...CATALOG,
          models: [oneOf(random, CATALOG.models), oneOf(random, CATALOG.models), oneOf(random, CATALOG.models)],
        }),
      ),
    attempt(input) {
      const read = parseCatalog(input as string);
      if (!read.ok) return refused(read.error);
      const { catalog } = read.value;
      for (const model of catalog.models) {
        for (const work of WORK_KINDS) {
          for (const { provider } of model.offers) {
            const { amount } = estimate(
              { provider, model: model.id },
              work,
              { megapixels: 1, seconds: 3, width: 8, height: 8, fps: 12 },
              catalog,
              NO_OVERRIDES,
            );
            must(amount === undefined || (Number.isFinite(amount) && amount >= 0), `A take costs ${amount}.`);
          }
        }
      }
      for (const line of read.value.dropped) must(inWords(line).length < 100_000, 'A line of the report is endless.');
      for (const work of WORK_KINDS)
        resolve(request(work), 'delivery', HOUSE, { catalog, book: NO_OVERRIDES, ready: readyFor('sketch', 'fal') });
      problemsOf(HOUSE, catalog);
      return 'accepted';
    },
  },
  {
    name: 'routing',
    make: (random) => written(mutated(random, JSON.parse(writeTableFile({ table: HOUSE, workflows: [] })))),
    attempt(input) {
      const read = parseTableFile(input as string);
      if (!read.ok) return refused(read.error);
      const again = parseTableFile(writeTableFile(read.value));
      must(again.ok && writeTableFile(again.value) === writeTableFile(read.value), 'Read back it is not the same.');
      const catalog = knownCatalog.ok ? knownCatalog.value.catalog : undefined;
      if (!catalog) throw new Error('The shipped catalog is damaged.');
      for (const problem of problemsOf(read.value.table, catalog))
        must(inWords(problem).length > 0, 'A problem has no words.');
      for (const work of WORK_KINDS)
        for (const tier of TIERS)
          if (rowOf(read.value.table, work, tier))
            resolve({ ...request(work), tier }, 'delivery', read.value.table, {
              catalog,
              book: NO_OVERRIDES,
              ready: readyFor('sketch', 'fal'),
            });
      return 'accepted';
    },
  },
  {
    name: 'comfyui',
    make: (random) =>
      random() < 0.2
        ? mutatedText(random, JSON.stringify(oneOf(random, WORKFLOWS)))
        : written(mutated(random, oneOf(random, WORKFLOWS))),
    attempt(input) {
      const read = readComfyUi(input as string);
      if (!read.ok) return refused(read.error);
      const { nodes, wires, groups } = read.value;
      must(nodes.length <= MOST_NODES, 'There are too many nodes.');
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { from, to } of wires) must(ids.has(from) && ids.has(to), 'A wire ends nowhere.');
      for (const { x, y } of [...nodes.map(({ position }) => position), ...groups.map(({ rect }) => rect)])
        must(Number.isFinite(x) && Number.isFinite(y), 'A node is nowhere.');
      for (const { title, type, settings } of nodes)
        must(
          [title, type, ...settings].every((word) => typeof word === 'string' && word.length <= 200),
          'A text is none, or endless.',
        );
      return 'accepted';
    },
  },
];

/** The generator of one input: the same seed, kind and number, the same input. */
export const randomOf = (seed: number, kind: number, at: number): Random =>
  randomFrom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b) ^ (kind << 20));

/** Seconds of processor time one small input may take; a watchdog, far beyond what any takes. */
const MOST_SECONDS = 10;

/** Tries one input; what does not hold, in words. */
export async function findingIn(
  kind: Kind,
  input: string | Uint8Array,
): Promise<{ readonly outcome: Outcome } | { readonly finding: string }> {
  const before = process.cpuUsage();
  try {
    const outcome = await kind.attempt(input);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1e6 > MOST_SECONDS)
      return { finding: `It took ${((user + system) / 1e6).toFixed(1)} seconds of work.` };
    return { outcome };
  } catch (thrown) {
    return { finding: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}
