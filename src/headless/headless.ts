/**
 * Triptych without a browser: checks a graph file, says what a run would do, or runs it, with the built-in generator.
 */
import { FREE, sumOf, type Micros } from '../core/money.ts';
import { inWords } from '../core/say.ts';
import { graphOfRow, nameOfRow } from '../graph/batch-rows.ts';
import { batchOf } from '../graph/batch.ts';
import { registryWith } from '../graph/component.ts';
import type { Graph } from '../graph/graph.ts';
import { registry } from '../registry.ts';
import { handOffFolder } from './hand-off-folder.ts';
import { folderWriter } from './folder-writer.ts';
import { tableElsewhere } from '../routing/table-for.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import { settleTake } from './settle-take.ts';
import { loadGraph, withHint, type LoadedGraph, type LoadOptions } from './loaded-graph.ts';
import { dollarsIn, planGraph, sayFindings, sayForecast, type HeadlessPlan } from './plan-graph.ts';
import { runGraph, runRow, commandStatus, type Outcome } from './run-graph.ts';

export interface HeadlessOptions extends LoadOptions {
  readonly command: 'check' | 'plan' | 'run';
  /** The rows of its batch, in place of the graph as it stands. */
  readonly rows: boolean;
  /** Where delivered files go. */
  readonly out: string;
  /** Where the cut of its film goes, for an editing program. */
  readonly handoff?: string;
  /** Takes of which nobody knows whether they were made: they count as lost, and others are taken. */
  readonly another?: readonly string[];
}

/** Exit statuses: 2 is for what was not understood. */
const EXIT = { done: 0, failed: 1, capped: 3, waiting: 4 } as const;
type Exit = (typeof EXIT)[keyof typeof EXIT];

/**
 * Does what was asked and returns the exit status: 0, or 1 when something is wrong with the graph or failed, 3 when nothing
 * but the cap kept something from being made, or 4 when nothing but verdicts did that gates wait for.
 */
export async function headless(options: HeadlessOptions): Promise<number> {
  const { print, another = [], environment, home, pause } = options;
  for (const take of another)
    if (await settleTake({ command: 'lost', take, environment, project: home, print, pause })) return 1;
  const read = await loadGraph(options);
  if (!read.ok) {
    print(withHint(read.error));
    return 1;
  }
  try {
    return await doAsAsked(read.value, options);
  } finally {
    await read.value.services.close();
  }
}

async function doAsAsked(loaded: LoadedGraph, options: HeadlessOptions): Promise<number> {
  const { command, rows, print } = options;
  for (const warning of loaded.warnings) print(warning);
  const isEmptyBatch = rows && batchOf(loaded.graph).rows.length === 0;
  if (isEmptyBatch) print('This graph has no batch.');
  const elsewhere = options.table === undefined ? tableElsewhere(loaded.graph, SHIPPED_TABLES) : undefined;
  if (elsewhere) print(inWords(elsewhere));
  const done = command === 'run' ? await runAll(loaded, options) : await planAll(loaded, options);
  const status = isEmptyBatch ? 1 : done;
  if (command === 'check') sayFindings(loaded, status === 0, print);
  return status;
}

async function planAll(loaded: LoadedGraph, { command, rows, print }: HeadlessOptions): Promise<Exit> {
  const { graph } = loaded;
  const plans: HeadlessPlan[] = [];
  async function planOne(one: Graph): Promise<void> {
    const planned = await planGraph(loaded, one, print);
    if (command === 'plan') sayForecast(loaded, planned, print);
    plans.push(planned);
  }
  if (!rows) await planOne(graph);
  const batch = batchOf(graph);
  const known = registryWith(registry, () => graph.components);
  for (const { id } of rows ? batch.rows : []) {
    print(`\n${inWords(nameOfRow(batch, id))}`);
    await planOne(graphOfRow(graph, known, id));
  }
  return EXIT[commandStatus(plans)];
}

async function runAll(loaded: LoadedGraph, { rows, out, handoff, print }: HeadlessOptions): Promise<Exit> {
  const write = folderWriter(out);
  const { runCap } = loaded.request.settings;
  const batch = batchOf(loaded.graph);
  const outcomes: Pick<Outcome, 'status'>[] = [];
  const heldBack: string[] = [];
  const waiting: string[] = [];
  let spent = FREE;
  let above: Outcome['made'] = [];
  if (!rows) {
    const outcome = await runGraph(loaded, loaded.request, [], { print, write, handsOff: handoff !== undefined });
    outcomes.push(outcome);
    spent = outcome.spent;
    if (handoff !== undefined && !(await handOffFolder(loaded, outcome.made, handoff, print)))
      outcomes.push({ status: outcome.status === 'waiting' ? 'waiting' : 'failed' });
  }
  for (const [at, { id }] of rows ? batch.rows.entries() : []) {
    const name = inWords(nameOfRow(batch, id));
    print(`\n${name}`);
    const prefix = `${String(at + 1).padStart(3, '0')} `;
    const output = { print, write: (file: string, bytes: Uint8Array) => write(prefix + file, bytes) };
    const { status, made, spent: ofRow } = await runRow(withCap(loaded, runCap, spent), id, above, output);
    outcomes.push({ status });
    if (status === 'capped') heldBack.push(name);
    if (status === 'waiting') waiting.push(name);
    spent = sumOf([spent, ofRow]);
    above = made;
  }
  if (waiting.length) print(`\nWaiting for a verdict: ${waiting.join(', ')}`);
  if (heldBack.length) print(`\nOver the cap, and not sent whole: ${heldBack.join(', ')}`);
  if (runCap !== undefined) print(`${dollarsIn(spent)} of the cap of ${dollarsIn(runCap)} used.`);
  return EXIT[commandStatus(outcomes)];
}

/** What the rows before have spent is not there for the next. */
function withCap(loaded: LoadedGraph, cap: Micros | undefined, spent: Micros): LoadedGraph {
  if (cap === undefined) return loaded;
  const { request } = loaded;
  const runCap = Math.max(FREE, cap - spent) as Micros;
  return { ...loaded, request: { ...request, settings: { ...request.settings, runCap } } };
}
