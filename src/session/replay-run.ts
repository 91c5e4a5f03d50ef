/** Makes every node of a past run again, each from its own recorded inputs, and compares what comes out. */
import { nodeAt } from '../graph/component.ts';
import type { Graph } from '../graph/graph.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Artifacts, Registry } from '../core/node.ts';
import { say, type Said } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import { artifactsOf, type ImageValue, type Outputs, type Value, type VideoValue } from '../core/values.ts';
import { canonical } from '../engine/canonical.ts';
import type { NodeEvent, RunEvent } from '../engine/events.ts';
import type { Ports } from '../engine/run.ts';
import { compared, type ReplayLine, type ReplayOutcome, type ReplayReport } from '../ledger/replay-report.ts';
import { likeness } from '../measure/stills.ts';
import type { Catalog } from '../routing/catalog.ts';
import { dollars } from '../core/money.ts';
import { ALWAYS_READY } from '../routing/readiness.ts';
import { usualServiceName } from '../routing/service-names.ts';
import type { TakePlan } from '../routing/take-plan.ts';

interface Needs {
  readonly registry: Registry;
  readonly catalog: Catalog;
  readonly artifacts: Artifacts;
  stored(hash: ArtifactHash): Promise<boolean>;
  readonly execute: Ports['execute'];
  readonly signal: AbortSignal;
}
type Finished = Extract<NodeEvent, { type: 'finished' }>;

export async function replayRun(graph: Graph, events: readonly RunEvent[], needs: Needs): Promise<ReplayReport> {
  const takes = events.flatMap((event) => (event.type === 'taken' ? [event.take] : []));
  const lines: ReplayLine[] = [];
  for (const event of events) {
    if (event.type !== 'finished') continue;
    const definition = needs.registry.get(event.parts.type);
    const title = nodeAt(graph, event.node)?.title ?? say(definition?.title ?? event.parts.type);
    const take = takes.findLast((one) => one.node === event.node && one.artifact);
    const obstacle = await whyNot(event, take, needs);
    const outcome: ReplayOutcome = obstacle
      ? { state: 'cannot be reproduced', reason: obstacle }
      : await again(event, take, needs);
    lines.push({ node: event.node, title, outcome });
  }
  return lines;
}

async function whyNot(
  event: Finished,
  take: TakeRecord | undefined,
  { registry, catalog, stored }: Needs,
): Promise<Said | undefined> {
  if (event.from === 'frozen') return say('it was frozen');
  const definition = registry.get(event.parts.type);
  if (!definition) return say('this version of Triptych does not have that node');
  if (definition.version !== event.parts.version)
    return say('the node was version {0} then and is {1} now', event.parts.version, definition.version);
  if (definition.request) {
    if (!take)
      return event.from === 'cache' ? say('its take was made in an earlier run') : say('its take was not recorded');
    const found = catalog.find(take.answered);
    if (!found) return say('the catalog no longer has {0}', take.answered.model);
    if (found.model.seeds !== 'yes')
      return found.model.seedsNote ?? say('{0} does not promise that a seed repeats', found.model.name);
    if (!ALWAYS_READY.some(({ id }) => id === take.answered.provider))
      return say('{0} would have to be paid for it again', say(usualServiceName(take.answered.provider)));
  }
  for (const value of Object.values(event.parts.inputs).flat() as Value[]) {
    for (const hash of artifactsOf(value))
      if (!(await stored(hash))) return say('a picture it was made from is no longer stored');
  }
  return undefined;
}

/** Outputs without how they were painted, which was not always written down. */
function shownBy(outputs: Outputs): unknown {
  return Object.fromEntries(
    Object.entries(outputs).map(([output, value]) => {
      if (value?.kind !== 'image') return [output, value];
      const { recipe: _recipe, part: _part, ...shown } = value;
      return [output, shown];
    }),
  );
}

async function again(event: Finished, take: TakeRecord | undefined, needs: Needs): Promise<ReplayOutcome> {
  const definition = needs.registry.get(event.parts.type)!;
  const takePlan = take && repeatOf(take);
  const result = await needs.execute(
    {
      key: event.key,
      parts: event.parts,
      mode: take?.mode ?? 'delivery',
      lane: definition.lane,
      megabytes: 1,
      priority: 0,
      ...(takePlan ? { takePlan } : {}),
    },
    needs.signal,
    { started() {}, progress() {} },
  );
  if (!result.ok) return { state: 'cannot be reproduced', reason: result.error.message };
  const same = canonical(shownBy(result.value.outputs)) === canonical(shownBy(event.outputs));
  if (!same && 'file' in definition.outputs)
    return {
      state: 'cannot be reproduced',
      reason: say('encoders write times and use threads, so files differ; the pixels are compared one node earlier'),
    };
  return compared(same, same ? undefined : await likenessOf(event.outputs, result.value.outputs, needs.artifacts));
}

/** Exactly this take once more: its model, its seed, no criteria, nobody else to ask. */
function repeatOf(take: TakeRecord): TakePlan {
  const candidate = {
    ...take.answered,
    name: take.answered.model,
    modelId: take.answered.model,
    estimate: { amount: dollars(0), about: false },
    reasons: [],
  };
  const { acceptance: _, ...request } = take.request;
  return {
    output: '',
    origin: { graphId: take.graphId, node: take.node, runId: take.runId },
    slot: take.slot,
    number: 0,
    cap: 1,
    request: { ...request, seed: { ...request.seed, seed: take.seed, locked: true } },
    mode: take.mode,
    taken: [],
    resolution: {
      table: take.table,
      tier: take.tier,
      considered: [candidate],
      usable: [candidate],
      row: {
        work: take.work,
        tier: take.tier,
        candidates: [take.answered],
        needs: [],
        fallbacks: 0,
        switchAfter: 1,
        cap: 1,
        why: '',
      },
    },
  };
}

async function likenessOf(before: Outputs, now: Outputs, artifacts: Artifacts): Promise<number | undefined> {
  const image = (outputs: Outputs): ImageValue | VideoValue | undefined =>
    Object.values(outputs).find((value) => value?.kind === 'image');
  const [a, b] = [image(before), image(now)];
  if (a?.kind !== 'image' || b?.kind !== 'image') return undefined;
  return likeness((await artifacts.image(a)).raster, (await artifacts.image(b)).raster);
}
