/**
 * Triptych without a browser: checks a graph file, says what a run would do, or runs it, with the built-in generator.
 */
import { inWords } from '../core/say.ts';
import { graphOfRow, nameOfRow } from '../graph/batch-rows.ts';
import { batchOf } from '../graph/batch.ts';
import { registryWith } from '../graph/component.ts';
import type { Graph } from '../graph/graph.ts';
import { registry } from '../registry.ts';
import { folderWriter } from './folder-writer.ts';
import { loadGraph, withHint, type LoadedGraph, type LoadOptions } from './loaded-graph.ts';
import { planGraph, sayFindings, sayForecast } from './plan-graph.ts';
import { runGraph, runRow, type Outcome } from './run-graph.ts';

export interface HeadlessOptions extends LoadOptions {
  readonly command: 'check' | 'plan' | 'run';
  /** The rows of its batch, in place of the graph as it stands. */
  readonly rows: boolean;
  /** Where delivered files go. */
  readonly out: string;
}

/** Does what was asked and returns the exit status: 0, or 1 when something is wrong with the graph or failed. */
export async function headless(options: HeadlessOptions): Promise<number> {
  const { print } = options;
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
  if (options.table === undefined) sayWhichTable(loaded, print);
  const done = command === 'run' ? await runAll(loaded, options) : await planAll(loaded, options);
  const status = isEmptyBatch ? 1 : done;
  if (command === 'check') sayFindings(loaded, status === 0, print);
  return status;
}

function sayWhichTable({ graph: { routing }, request: { table } }: LoadedGraph, print: HeadlessOptions['print']): void {
  if (!routing || (table.id === routing.table && table.version === routing.version)) return;
  print(
    `It is pinned to version ${routing.version} of the routing table “${routing.table}”, which is not here; ${table.name} ${table.version} is used.`,
  );
}

async function planAll(loaded: LoadedGraph, { command, rows, print }: HeadlessOptions): Promise<0 | 1> {
  const { graph } = loaded;
  let isBlocked = false;
  async function planOne(one: Graph): Promise<void> {
    const planned = await planGraph(loaded, one, print);
    if (command === 'plan') sayForecast(loaded, planned, print);
    if (planned.blocked) isBlocked = true;
  }
  if (!rows) await planOne(graph);
  const batch = batchOf(graph);
  const known = registryWith(registry, () => graph.components);
  for (const { id } of rows ? batch.rows : []) {
    print(`\n${inWords(nameOfRow(batch, id))}`);
    await planOne(graphOfRow(graph, known, id));
  }
  return isBlocked ? 1 : 0;
}

async function runAll(loaded: LoadedGraph, { rows, out, print }: HeadlessOptions): Promise<0 | 1> {
  const write = folderWriter(out);
  if (!rows) return (await runGraph(loaded, loaded.request, [], { print, write })).status;
  const batch = batchOf(loaded.graph);
  let hasFailed = false;
  let above: Outcome['made'] = [];
  for (const [at, { id }] of batch.rows.entries()) {
    print(`\n${inWords(nameOfRow(batch, id))}`);
    const prefix = `${String(at + 1).padStart(3, '0')} `;
    const output = { print, write: (name: string, bytes: Uint8Array) => write(prefix + name, bytes) };
    const { status, made } = await runRow(loaded, id, above, output);
    if (status) hasFailed = true;
    above = made;
  }
  return hasFailed ? 1 : 0;
}
