/** Runs a graph, or a row of its batch, and writes what it delivers into a folder. */
import type { FailureCode } from '../core/errors.ts';
import { endingOf } from '../core/file-name.ts';
import type { RowId, NodeId, TakeId } from '../core/ids.ts';
import { FREE, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import { artifactsOfOutputs, type FileValue, type ImageValue, type VideoValue } from '../core/values.ts';
import type { NodeEvent } from '../engine/events.ts';
import { asCell, graphOfRow, waitsForAbove } from '../graph/batch-rows.ts';
import { batchOf } from '../graph/batch.ts';
import { registryWith } from '../graph/component.ts';
import { expanded } from '../graph/flat-graph.ts';
import { endsOf } from '../graph/ends.ts';
import { nodeIds, type Graph } from '../graph/graph.ts';
import { usedBy } from '../ledger/month.ts';
import { registry } from '../registry.ts';
import type { SessionRequest } from '../session/planning.ts';
import { canBeMade } from './can-be-made.ts';
import { memorySession } from './memory-session.ts';
import { withHint, type LoadedGraph } from './loaded-graph.ts';
import { dollarsIn, inFull, sayRefused, statusOfRefused } from './plan-graph.ts';
import { png } from './png.js';
import { sayWaysOn } from './settle-take.ts';
import { notDelivered } from './takes-a-browser.ts';

type Finished = Extract<NodeEvent, { type: 'finished' }>;
type Waiting = Extract<NodeEvent, { type: 'waiting' }>;

/** What a run came to: what each node has made, and what its takes may have cost. */
export interface Outcome {
  /**
   * `capped`: nothing but the cap kept something from being made. `waiting`: nothing but verdicts did that gates wait
   * for.
   */
  readonly status: 'done' | 'failed' | 'capped' | 'waiting';
  readonly made: readonly Finished[];
  readonly spent: Micros;
}
/** Where its words and its files go. */
export interface WhereTo {
  print(line: string): void;
  /** Returns where it wrote. */
  write(name: string, bytes: Uint8Array): string;
  /** The clips of the graph's film are wanted as files, too. */
  readonly handsOff?: boolean;
}

/** Of many runs of one command. */
export function commandStatus(outcomes: readonly Pick<Outcome, 'status'>[]): Outcome['status'] {
  const has = (status: Outcome['status']) => outcomes.some((one) => one.status === status);
  return (['failed', 'capped', 'waiting'] as const).find(has) ?? 'done';
}

/**
 * `above`: what the row above made. What this row needs as well it finds there; everything else is gone afterwards, so
 * that a table of any length needs the memory of one row.
 */
export async function runRow(
  loaded: LoadedGraph,
  row: RowId,
  above: readonly Finished[],
  output: WhereTo,
): Promise<Outcome> {
  const { graph, request, artifacts, imported } = loaded;
  const batch = batchOf(graph);
  const madeAbove = new Map(above.map(({ node, outputs }) => [node, outputs]));
  const waits = waitsForAbove(batch, row, (node) => asCell(madeAbove.get(node)));
  if (waits) output.print('It goes on from the row above, which has not made its picture.');
  const outcome: Outcome = waits
    ? { status: 'failed', made: [], spent: FREE }
    : await runGraph(loaded, { ...request, row, above: madeAbove }, above, output);
  artifacts.forgetAllBut(new Set([...imported, ...outcome.made.flatMap(({ outputs }) => artifactsOfOutputs(outputs))]));
  return outcome;
}

/** Each run has a session of its own, so that no history grows from row to row. `found`: what need not be made again. */
export async function runGraph(
  loaded: LoadedGraph,
  request: SessionRequest,
  found: readonly Finished[],
  output: WhereTo,
): Promise<Outcome> {
  const { artifacts, catalog, services, nameOf } = loaded;
  const { print } = output;
  const begun = Date.now();
  const session = await memorySession(artifacts, catalog, found, services);
  const whole = graphOfRequest(request);
  const possible = canBeMade(expanded(whole), await session.plan({ ...request, graph: whole }), {
    handsOff: output.handsOff ?? false,
    isStored: artifacts.has,
  });
  sayRefused(loaded, possible, print);
  const { targets } = possible;
  const ofRefused = statusOfRefused(possible);
  if (targets?.length === 0) return { status: ofRefused ?? 'failed', made: [], spent: FREE };
  const asked = targets ? { ...request, options: { ...request.options, targets } } : request;
  const made: Finished[] = [];
  const takes = new Map<TakeId, TakeRecord>();
  const waiting: Waiting[] = [];
  const codes = new Set<FailureCode>();
  const result = await session.start(asked, ({ events }) => {
    for (const event of events) {
      if (event.type === 'taken') takes.set(event.take.id, event.take);
      if (event.type === 'finished') made.push(event);
      if (event.type === 'waiting') waiting.push(event);
      if (event.type !== 'failed') continue;
      codes.add(event.failure.code);
      print(`${nameOf(event.node)}: ${inFull(event.failure)}`);
    }
  });
  const spent = usedBy([...takes.values()]);
  if (!result.ok) {
    print(withHint(result.error));
    return { status: 'failed', made, spent };
  }
  for (const take of takes.values())
    if (take.state === 'unknown') sayWaysOn(take, await services.jobOf?.(take.id), nameOf(take.node), print);
  await deliver(loaded, made, output);
  await showAwaited(loaded, waiting, output);
  const { outcome, ran, cached, failed, skipped } = result.value;
  const counts = [
    `${ran} ran`,
    `${cached} from the cache`,
    ...(failed ? [`${failed} failed`] : []),
    ...(skipped ? [outcome === 'waiting' ? `${skipped} after that` : `${skipped} skipped`] : []),
    ...(spent > FREE ? [`${dollarsIn(spent)} for what services made`] : []),
    `${((Date.now() - begun) / 1000).toFixed(1)} s`,
  ];
  print(`${outcome === 'waiting' ? 'waiting for a verdict' : outcome}: ${counts.join(', ')}`);
  const isOnlyMoney = codes.size === 1 && codes.has('over-budget');
  const ended = outcome === 'done' || outcome === 'waiting' ? outcome : 'failed';
  const status = ended === 'failed' && isOnlyMoney ? 'capped' : ended;
  return { status: commandStatus([{ status }, { status: ofRefused ?? 'done' }]), made, spent };
}

/** What is asked for, without what the row above made: who makes its clips does not hang on that. */
function graphOfRequest({ graph, row }: SessionRequest): Graph {
  const known = registryWith(registry, () => graph.components);
  return row === undefined ? graph : graphOfRow(graph, known, row);
}

/** What waits at gates, to be looked at, and the words with which the same command lets it through. */
async function showAwaited(
  { artifacts, nameOf }: LoadedGraph,
  waiting: readonly Waiting[],
  { print, write }: WhereTo,
): Promise<void> {
  for (const { node, takes, arrived } of waiting) {
    const name = nameOf(node);
    for (const value of Object.values(arrived))
      if (value?.kind === 'image')
        print(`${name}: ${write(`${fileName(name)}.png`, png((await artifacts.image(value)).raster))}`);
    for (const { node: maker, artifact, verdict } of takes)
      print(
        verdict === 'rejected'
          ? `${name} waits for another take of ${nameOf(maker)}: this one was rejected.`
          : `${name} waits for a verdict on ${nameOf(maker)}. To accept it: --accept ${artifact?.slice(0, ACCEPTED_DIGITS)}`,
      );
  }
}

/** Of a hash: enough that no two pictures of a graph share them. */
const ACCEPTED_DIGITS = 12;
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N} _-]+/gu, '-');

/** Files, and the pictures of ends that deliver none: they are what the graph is for all the same. */
async function deliver(
  { graph, artifacts, nameOf }: LoadedGraph,
  made: readonly Finished[],
  { print, write }: WhereTo,
): Promise<void> {
  const flat = expanded(graph);
  const ends = new Set(endsOf(flat, registry));
  const valuesOf = new Map(made.map(({ node, outputs }) => [node, Object.values(outputs)]));

  async function fileOf(
    value: FileValue | ImageValue | VideoValue,
    id: NodeId,
  ): Promise<[name: string, bytes: Uint8Array]> {
    if (value.kind === 'file') return [value.name, artifacts.files.get(value.hash)!];
    const came = artifacts.kept.get(value.hash);
    if (came) return [`${fileName(nameOf(id))}.${endingOf(came.mime)}`, came.bytes];
    if (value.kind === 'video') throw notDelivered();
    return [`${fileName(nameOf(id))}.png`, png((await artifacts.image(value)).raster)];
  }
  // In the order of the graph, whichever was done first: names that meet are numbered the same way each time.
  for (const id of nodeIds(flat)) {
    for (const value of valuesOf.get(id) ?? []) {
      const isShown = value?.kind === 'image' || (value?.kind === 'video' && artifacts.kept.has(value.hash));
      if (value?.kind === 'file' || (isShown && ends.has(id)))
        print(`${nameOf(id)}: ${write(...(await fileOf(value, id)))}`);
    }
  }
}
