/** What must hold for every graph that opened, whatever it was read from. Throws with what does not. */
import { batchOf } from '../../src/graph/batch.ts';
import { readyFor } from '../rig/ready.ts';
import { columnsOffered, factsOf } from '../../src/graph/batch-cells.ts';
import { graphOfRow } from '../../src/graph/batch-rows.ts';
import { componentIdOf } from '../../src/graph/component-type.ts';
import { boardAt, registryWith } from '../../src/graph/component.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import { inputsOf } from '../../src/graph/connect.ts';
import { differenceOf, isEqual } from '../../src/graph/diff.ts';
import { downstreamOf, endsOf, picturesOnTheWay } from '../../src/graph/ends.ts';
import type { Result } from '../../src/core/errors.ts';
import { filesIn } from '../../src/graph/imported-files.ts';
import { copyFragment } from '../../src/graph/fragment.ts';
import { nodeIds, type Graph } from '../../src/graph/graph.ts';
import type { ArtifactHash, NodeId } from '../../src/core/ids.ts';
import { MOST_FLAT_NODES, MOST_FLAT_WIRES } from '../../src/core/limits.ts';
import { framesInOrder } from '../../src/graph/marks.ts';
import { inWords } from '../../src/core/say.ts';
import type { Outputs, Value, ValueKind } from '../../src/core/values.ts';
import { check } from '../../src/discipline/discipline.ts';
import { compile } from '../../src/engine/compile.ts';
import type { Dispatch } from '../../src/engine/dispatch.ts';
import { plan } from '../../src/engine/plan.ts';
import { run, type Executed, type Task } from '../../src/engine/run.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { writeFragment, parseFragment } from '../../src/file/fragment-text.ts';
import { parseGraphFile, type Opened } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { resolve } from '../../src/routing/resolve.ts';

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const market = { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') };
const HASH = '0'.repeat(64) as ArtifactHash;
const IMAGE = { kind: 'image', hash: HASH, width: 64, height: 48 } as const;
/** What a node of the fuzz makes, whatever it is asked. */
const SAMPLES: Readonly<Record<ValueKind, Value>> = {
  image: IMAGE,
  video: { kind: 'video', hash: HASH, width: 64, height: 48, fps: 12, frames: 6 },
  file: {
    kind: 'file',
    hash: HASH,
    name: 'a.png',
    mime: 'image/png',
    bytes: 5,
    width: 64,
    height: 48,
  } as unknown as Value,
  prompt: { kind: 'prompt', text: 'a lighthouse', negative: '' },
  seed: { kind: 'seed', seed: 3, locked: true },
  guidance: { kind: 'guidance', scale: 7 },
  aspect: { kind: 'aspect', ratio: [3, 2], width: 180, height: 120 },
  reference: { kind: 'reference', image: IMAGE, strength: 0.5 },
  motion: { kind: 'motion', move: 'orbit', amount: 0.5, easing: 'linear', seconds: 0.25, fps: 12 },
  acceptance: { kind: 'acceptance', cap: 3, criteria: [] },
  text: { kind: 'text', text: 'hello' },
  number: { kind: 'number', number: 2 },
};
const outputsOf = ({ parts }: Task): Outputs =>
  Object.fromEntries(
    Object.entries(registry.get(parts.type)!.outputs).map(([name, { kind }]) => [name, SAMPLES[kind]]),
  );

/** Asks the node what it would request, and the routing who would answer. */
const dispatch: Dispatch = (_, definition, given) => {
  const request = definition.request!({ inputs: given.inputs as never, params: given.params as never });
  const { usable } = resolve(request, 'draft', HOUSE, market);
  return { route: usable[0]?.modelId ?? 'none', take: 0, takePlan: request };
};

export async function mustBeSound(opened: Opened): Promise<void> {
  const { graph, report } = opened;
  for (const line of [...report.dropped, ...report.migrated, ...report.missing])
    must(inWords(line).length < 1000, 'A line of the report is endless.');
  mustComeBack(opened);
  mustBeReadable(graph);
  await mustRun(graph);
}

function mustComeBack({ graph, media, results }: Opened): void {
  const text = writeGraphFile(graph, media, results);
  const again = parseGraphFile(text, registry);
  if (!again.ok) throw new Error(`It does not open again: ${inWords(again.error.message)}`);
  const { report } = again.value;
  must(
    report.dropped.length === 0 && report.migrated.length === 0,
    `Opened again it loses something: ${report.dropped.map((line) => inWords(line)).join(' ')}`,
  );
  must(
    writeGraphFile(again.value.graph, again.value.media, again.value.results) === text,
    'Read back it is not the same.',
  );
}

/** What screens ask of a graph. */
function mustBeReadable(graph: Graph): void {
  const known = registryWith(registry, () => graph.components);
  const instances = nodeIds(graph).filter((id) => componentIdOf(graph.nodes[id]!.type));
  for (const board of [graph, ...instances.flatMap((id) => boardAt(graph, [id]) ?? [])]) {
    framesInOrder(board);
    for (const node of Object.values(board.nodes)) {
      const definition = known.get(node.type);
      if (definition)
        for (const spec of Object.values(inputsOf(definition, node)))
          must(typeof spec.kind === 'string', 'An input has no kind.');
    }
    const fragment = copyFragment(board, graph.components, { nodes: nodeIds(board), marks: [] });
    const pasted: Result<unknown> = parseFragment(writeFragment(fragment), registry);
    must(pasted.ok, 'Its nodes cannot be copied and pasted.');
  }
  endsOf(graph, known);
  picturesOnTheWay(graph, known);
  downstreamOf(graph, nodeIds(graph).slice(0, 3));
  filesIn(graph);
  must(isEqual(differenceOf(graph, graph)), 'It differs from itself.');
  columnsOffered(graph, known);
  for (const column of batchOf(graph).columns) factsOf(graph, known, column);
  for (const row of batchOf(graph).rows.slice(0, 2)) expanded(graphOfRow(graph, known, row.id));
}

async function mustRun(graph: Graph): Promise<void> {
  const flat = expanded(graph);
  must(
    Object.keys(flat.nodes).length <= MOST_FLAT_NODES && Object.keys(flat.wires).length <= MOST_FLAT_WIRES,
    'It is too large with its components written out.',
  );
  const { steps } = compile(flat, registry);
  const circle = steps.find(({ problems }) => problems.some((problem) => problem.english.includes('circle')));
  must(circle === undefined, `A circle is left at ${circle?.id}.`);
  const known = registryWith(registry, () => graph.components);
  for (const mode of ['draft', 'delivery'] as const) {
    const findings = check({
      graph: flat,
      registry: known,
      mode,
      table: HOUSE,
      newest: HOUSE,
      market,
      takes: [],
      now: 0,
    });
    for (const { text, node } of findings)
      must(
        inWords(text).length > 0 && (node === undefined || Object.hasOwn(flat.nodes, node)),
        'A finding of the checklist is about nothing.',
      );
  }
  const planned = plan(flat, registry, { mode: 'draft' }, () => undefined, new Map(), dispatch);
  must(Object.keys(planned.nodes).length === Object.keys(flat.nodes).length, 'The plan leaves nodes out.');
  const made = new Map<string, Outputs>();
  const bugs: string[] = [];
  const targets: NodeId[] | undefined = undefined;
  const summary = await run(
    flat,
    { mode: 'draft', ...(targets ? { targets } : {}) },
    {
      registry,
      dispatch,
      lookup: (key) => made.get(key),
      verdictOf: () => 'open',
      keep: (key, outputs) => void made.set(key, outputs),
      execute: (task): Promise<Result<Executed>> =>
        Promise.resolve({ ok: true, value: { outputs: outputsOf(task), ms: 0 } }),
      emit: (event) => {
        if (event.type === 'failed' && event.failure.code === 'bug')
          bugs.push(`${event.node}: ${inWords(event.failure.message)} ${event.failure.stack ?? ''}`);
      },
    },
    new AbortController().signal,
  );
  must(bugs.length === 0, bugs[0] ?? '');
  must(summary.outcome !== 'cancelled', 'The run was cancelled by nobody.');
}
