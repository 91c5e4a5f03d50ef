/**
 * The engine without a browser: checks a graph file, says what a run would do, or runs it, with the built-in generator.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import { asCell, graphOfRow, nameOfRow, neededFromAbove } from '../graph/batch-rows.ts';
import { batchOf } from '../graph/batch.ts';
import { expanded, registryWith } from '../graph/component.ts';
import { endsOf } from '../graph/ends.ts';
import { NodeError } from '../core/errors.ts';
import { nodeIds, type Graph } from '../graph/graph.ts';
import type { ArtifactHash, CacheKey, NodeId } from '../core/ids.ts';
import { inWords, say } from '../core/say.ts';
import type { RunMode } from '../core/take.ts';
import { artifactsOf, type FileValue, type ImageValue, type Outputs, type Raster } from '../core/values.ts';
import { check } from '../discipline/discipline.ts';
import { plan } from '../engine/plan.ts';
import { run } from '../engine/run.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import { parseGraphFile } from '../file/parse.ts';
import { forecast, costInWords } from '../ledger/forecast.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import { registry } from '../registry.ts';
import { ALWAYS_READY } from '../routing/readiness.ts';
import { EMPTY_CATALOG, parseCatalog } from '../routing/catalog.ts';
import { HOUSE } from '../routing/house.ts';
import { NO_OVERRIDES } from '../routing/prices.ts';
import { newestOf, tableFor } from '../routing/table-for.ts';
import { memoryArtifacts, memoryPorts } from './memory-ports.ts';
import { png } from './png.js';

/** Without a browser there are the tables that come with Triptych. */
const TABLES = [HOUSE];

export interface HeadlessOptions {
  readonly command: 'check' | 'plan' | 'run';
  readonly file: string;
  readonly mode: RunMode;
  /** The rows of its batch, in place of the graph as it stands. */
  readonly rows: boolean;
  /** Where delivered files go. */
  readonly out: string;
  /** The folder that holds the model catalog. */
  readonly home: string;
  print(line: string): void;
}

/** Does what was asked and returns the exit status: 0, or 1 when something is wrong with the graph or failed. */
export async function headless({ command, file, mode, rows, out, home, print }: HeadlessOptions): Promise<number> {
  const parsed = parseGraphFile(readFileSync(file, 'utf8'), registry);
  if (!parsed.ok) {
    print(`${inWords(parsed.error.message)} ${parsed.error.hint ? inWords(parsed.error.hint) : ''}`.trim());
    return 1;
  }
  const { graph, report, media } = parsed.value;
  for (const line of [...report.missing, ...report.dropped, ...report.migrated]) print(inWords(line));
  const read = parseCatalog(readFileSync(join(home, 'public/catalog.json'), 'utf8'));
  const market = { catalog: read.ok ? read.value.catalog : EMPTY_CATALOG, book: NO_OVERRIDES, ready: ALWAYS_READY };
  const delivered = new Map<ArtifactHash, Uint8Array>();
  const artifacts = encodingPng(memoryArtifacts(), delivered);
  for (const line of await store(media, artifacts)) print(line);
  // What came inside the file cannot be made again.
  const imported = new Set(Object.keys(media) as ArtifactHash[]);
  const files = fileNames();
  const known = registryWith(registry, () => graph.components);
  const nameOf = (of: Graph, id: NodeId): string =>
    of.nodes[id]?.title ?? registry.get(of.nodes[id]?.type ?? '')?.title ?? id;

  const batch = batchOf(graph);
  if (rows && batch.rows.length === 0) print('This graph has no batch.');
  let status = rows && batch.rows.length === 0 ? 1 : 0;
  const table = tableFor(graph, TABLES);
  const { routing } = graph;
  if (routing && (table.id !== routing.table || table.version !== routing.version))
    print(
      `It is pinned to version ${routing.version} of the routing table “${routing.table}”, which is not here; ${table.name} ${table.version} is used.`,
    );
  const ports = memoryPorts(registry, artifacts, { table, market, mode });
  /** Results of the row that runs, its own and those it shares with rows before. */
  const used = new Set<CacheKey>();
  if (rows) {
    // What each node made, for the row below.
    let above = new Map<NodeId, Outputs>();
    for (const [at, { id }] of batch.rows.entries()) {
      print(`\n${inWords(nameOfRow(batch, id))}`);
      const waits = command === 'run' && neededFromAbove(batch, id).some((node) => !asCell(above.get(node)));
      const ran: typeof above = new Map();
      if (waits) print('It goes on from the row above, which has not made its picture.');
      status = Math.max(
        status,
        waits
          ? 1
          : await perform(
              graphOfRow(graph, known, id, (node) => asCell(above.get(node))),
              `${String(at + 1).padStart(3, '0')} `,
              ran,
            ),
      );
      above = ran;
      forgetBut(used);
      used.clear();
    }
  } else status = await perform(graph, '', new Map());
  if (command === 'check') {
    const flat = expanded(graph);
    const findings = check({
      graph: flat,
      registry,
      mode,
      table,
      newest: newestOf(TABLES, table.id),
      market,
      takes: [],
      now: Date.now(),
    });
    for (const { rule, text, node } of findings)
      print(`${rule.severity}: ${node ? `${nameOf(flat, node)}: ` : ''}${inWords(text)}`);
    print(
      status
        ? 'It cannot run as it is.'
        : findings.length
          ? `It can run. ${findings.length} on the checklist.`
          : 'It can run, and the checklist is empty.',
    );
  }
  return status;

  async function perform(of: Graph, prefix: string, ran: Map<NodeId, Outputs>): Promise<number> {
    return command === 'run' ? runOnce(expanded(of), prefix, ran) : planOnce(expanded(of), command === 'plan');
  }

  function planOnce(flat: Graph, whole: boolean): number {
    const made = plan(flat, registry, { mode }, () => undefined, new Map(), ports.dispatch);
    for (const [id, node] of Object.entries(made.nodes))
      if (node.state === 'blocked')
        print(`${nameOf(flat, id as NodeId)}: ${node.problems.map((problem) => inWords(problem)).join(' ')}`);
    if (whole) {
      const { nodes, low, high, certainty, takes } = forecast(made as Parameters<typeof forecast>[0], []);
      for (const [id, node] of Object.entries(nodes))
        print(
          `${nameOf(flat, id as NodeId)}: ${node.candidate?.name ?? 'nobody can be asked'}, ${inWords(costInWords(node))}`,
        );
      print(
        `${made.toRun + made.mayRun} to run, ${made.blocked} not ready; up to ${takes[1]} takes, ${inWords(costInWords({ low, high, certainty }))}`,
      );
    }
    return made.blocked ? 1 : 0;
  }

  async function runOnce(flat: Graph, prefix: string, ran: Map<NodeId, Outputs>): Promise<number> {
    const begun = Date.now();
    const ends = new Set(endsOf(flat, registry));
    const made = new Map<NodeId, readonly (FileValue | ImageValue)[]>();
    const summary = await run(
      flat,
      { mode },
      {
        ...ports,
        emit(event) {
          if (event.type === 'failed')
            print(
              `${nameOf(flat, event.node)}: ${inWords(event.failure.message)} ${event.failure.hint ? inWords(event.failure.hint) : ''}`,
            );
          if (event.type !== 'finished') return;
          ran.set(event.node, event.outputs);
          used.add(event.key);
          // A picture nobody delivers is what the graph is for all the same.
          made.set(
            event.node,
            Object.values(event.outputs).filter(
              (value): value is FileValue | ImageValue =>
                value?.kind === 'file' || (value?.kind === 'image' && ends.has(event.node)),
            ),
          );
        },
      },
      new AbortController().signal,
    );
    // In the order of the graph, whichever was done first: names that meet are numbered the same way each time.
    for (const id of nodeIds(flat)) {
      for (const value of made.get(id) ?? []) {
        const [name, bytes] =
          value.kind === 'file'
            ? [value.name, delivered.get(value.hash)!]
            : [
                `${nameOf(flat, id).replace(/[^\p{L}\p{N} _-]+/gu, '-')}.png`,
                png((await artifacts.image(value)).raster),
              ];
        print(`${nameOf(flat, id)}: ${write(files(prefix + name), bytes)}`);
      }
    }
    print(
      `${summary.outcome}: ${summary.ran} ran, ${summary.cached} from the cache${summary.failed ? `, ${summary.failed} failed` : ''}${summary.skipped ? `, ${summary.skipped} skipped` : ''}, ${((Date.now() - begun) / 1000).toFixed(1)} s`,
    );
    return summary.outcome === 'done' ? 0 : 1;
  }

  /** Only what the last row used is kept for the next: a table of any length needs the memory of one row. */
  function forgetBut(keys: ReadonlySet<CacheKey>): void {
    for (const key of ports.results.keys()) if (!keys.has(key)) ports.results.delete(key);
    const kept = new Set([
      ...imported,
      ...[...ports.results.values()].flatMap((outputs) =>
        Object.values(outputs).flatMap((value) => (value ? artifactsOf(value) : [])),
      ),
    ]);
    artifacts.forgetAllBut(kept);
    for (const hash of delivered.keys()) if (!kept.has(hash)) delivered.delete(hash);
  }

  function write(name: string, bytes: Uint8Array): string {
    mkdirSync(out, { recursive: true });
    const path = join(out, name);
    writeFileSync(path, bytes);
    return path;
  }
}

/** Names of files, each given once: what is called the same is numbered. Some disks do not tell capitals apart. */
function fileNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const { name: base, ext } = parse(name);
    for (let nth = 1; ; nth++) {
      const free = nth === 1 ? name : `${base} ${nth}${ext}`;
      const plain = free.normalize('NFC').toLowerCase();
      if (taken.has(plain)) continue;
      taken.add(plain);
      return free;
    }
  };
}

/** Pictures are delivered as PNG; other encodings are a browser's. */
function encodingPng(
  artifacts: ReturnType<typeof memoryArtifacts>,
  delivered: Map<ArtifactHash, Uint8Array>,
): ReturnType<typeof memoryArtifacts> {
  return {
    ...artifacts,
    async encode(value, options, onFrame) {
      if (value.kind === 'video')
        throw new NodeError('unsupported', 'A clip is encoded by the browser, so it cannot be delivered here.', {
          hint: 'Run this graph in the app; everything before this node works here too.',
        });
      const { raster } = await artifacts.image(value);
      const bytes = png(raster);
      const file = await artifacts.encode(value, { ...options, format: 'png' }, onFrame);
      delivered.set(file.hash, bytes);
      const name = `${options.name.replace(/\.(png|jpe?g|webp)$/i, '')}.png`;
      return {
        ...file,
        name,
        mime: 'image/png',
        bytes: bytes.length,
        encoding: `PNG, ${value.width} × ${value.height}`,
      };
    },
  };
}

/** Files that came inside the graph's. Returns what could not be read. */
async function store(
  media: Readonly<Record<string, EmbeddedMedia>>,
  artifacts: ReturnType<typeof memoryArtifacts>,
): Promise<string[]> {
  const trouble: string[] = [];
  for (const [hash, { mime, name, data }] of Object.entries(media)) {
    const bytes = new Uint8Array(Buffer.from(data, 'base64'));
    if (mime === 'text/plain' && (await bytesHash(bytes)) === hash)
      artifacts.texts.set(hash as ArtifactHash, new TextDecoder().decode(bytes));
    else if (mime !== 'image/png')
      trouble.push(inWords(say('{0}: only PNG pictures can be read without a browser.', name)));
    else {
      const raster = await decodePng(bytes);
      if ((await imageHash(raster)) === hash) await artifacts.writeImage({ raster });
      else trouble.push(inWords(say('{0} is not what the file says it is, so it was left out.', name)));
    }
  }
  return trouble;
}

async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Raster> {
  const { default: decode, init } = await import('@jsquash/png/decode.js');
  // What the decoder hands back, where no browser defines it.
  (globalThis as { ImageData?: unknown }).ImageData ??= class {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      [this.data, this.width, this.height] = [data, width, height];
    }
  };
  await init(readFileSync(createRequire(import.meta.url).resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')));
  const { width, height, data } = await decode(bytes.buffer);
  return { width, height, data };
}
