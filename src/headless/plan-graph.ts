/** Says what is wrong with a graph, what a run of it would do, and what the checklist finds. */
import { toFailure, type Failure } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import { inDollars, type Micros } from '../core/money.ts';
import { inWords, say } from '../core/say.ts';
import { check } from '../discipline/discipline.ts';
import type { Plan } from '../engine/plan.ts';
import { expanded } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { costInWords, costOfTakesInWords, forecast, type Forecast } from '../ledger/forecast.ts';
import { registry } from '../registry.ts';
import { usualServiceName } from '../routing/service-names.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { newestOf } from '../routing/table-for.ts';
import { canBeMade, type CanBeMade } from './can-be-made.ts';
import { memorySession } from './memory-session.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import { withHint, type LoadedGraph } from './loaded-graph.ts';

type Print = (line: string) => void;

/** A plan, and what it comes to here. */
export interface HeadlessPlan {
  readonly planned: Plan<TakePlan>;
  readonly expected: Forecast;
  readonly made: CanBeMade;
  /** `capped`: nothing but money keeps a take from being made. */
  readonly status: 'done' | 'failed' | 'capped';
}

/** `graph`: the loaded one, or that of a row of it. Says what keeps it from running, or from being made here. */
export async function planGraph(loaded: LoadedGraph, graph: Graph, print: Print): Promise<HeadlessPlan> {
  const { request, artifacts, catalog, services, nameOf } = loaded;
  const session = await memorySession(artifacts, catalog, [], services);
  const planned = await session.plan({ ...request, graph });
  for (const [id, node] of Object.entries(planned.nodes))
    if (node.state === 'blocked')
      print(`${nameOf(id as NodeId)}: ${node.problems.map((problem) => inWords(problem)).join(' ')}`);
  const made = canBeMade(expanded(graph), planned, { handsOff: false, isStored: artifacts.has });
  sayRefused(loaded, made, print);
  const expected = forecast(planned, []);
  const status = planned.blocked > 0 ? 'failed' : (statusOfRefused(made) ?? 'done');
  return { planned, expected, made, status };
}

/** What a command comes to because of what it cannot make; nothing where it can make all. */
export function statusOfRefused({ refused }: CanBeMade): 'failed' | 'capped' | undefined {
  if (refused.size === 0) return undefined;
  return [...refused.values()].every(({ code }) => code === 'over-budget') ? 'capped' : 'failed';
}

/** What would fail, and what is not paid for because of it. */
export function sayRefused({ nameOf }: LoadedGraph, { refused, leftOut }: CanBeMade, print: Print): void {
  for (const [id, error] of refused) print(`${nameOf(id)}: ${inFull(toFailure(error))}`);
  if (leftOut.length) print(`Left out here, so nothing is paid for it: ${leftOut.map(nameOf).join(', ')}`);
}

/** Who would make each take, at what price, and the sum of it. */
export function sayForecast(
  { nameOf, services }: LoadedGraph,
  { planned, expected, made }: HeadlessPlan,
  print: Print,
): void {
  const { nodes, takes, after, ...total } = expected;
  for (const [id, node] of Object.entries(nodes)) {
    const { candidate, takePlan } = node;
    const { problem } = takePlan.resolution;
    if (!candidate && problem) {
      // Said already where nothing comes of it.
      if (!made.refused.has(id as NodeId)) print(`${nameOf(id as NodeId)}: ${inWords(problem)}`);
      continue;
    }
    const isQuoted = candidate?.estimate.quotedAt !== undefined;
    const source = isQuoted ? `, quoted by ${usualServiceName(candidate.provider)}` : '';
    print(
      `${nameOf(id as NodeId)}: ${candidate?.name ?? 'nobody can be asked'}, ${inWords(costInWords(node))}${source}`,
    );
  }
  const { toRun, mayRun, blocked } = planned;
  print(`${toRun + mayRun} to run, ${blocked} not ready; ${inWords(costOfTakesInWords({ ...total, takes }))}`);
  const { later, verdicts } = planned;
  const which = verdicts === 1 ? 'a verdict' : `${verdicts} verdicts`;
  if (verdicts) print(`then ${later} after ${which}${after ? `: ${inWords(costOfTakesInWords(after))}` : ''}`);
  const { leftOfMonth } = services;
  if (leftOfMonth !== undefined && leftOfMonth < total.high)
    print(`The budget of the month has ${dollarsIn(leftOfMonth)} left. What was paid for before is not paid again.`);
}

/** A command has no Settings, where limits are raised in the app. */
export const inFull = (failure: Failure): string =>
  failure.code === 'over-budget'
    ? `${inWords(failure.message)} Raise --cap, or the monthly budget in Settings, or choose a cheaper tier.`
    : withHint(failure);

export const dollarsIn = (amount: Micros): string => inWords(say('{0}', inDollars(amount)));

export function sayFindings(
  { graph, request, catalog, services, nameOf }: LoadedGraph,
  canRun: boolean,
  print: Print,
): void {
  const { table, settings, options } = request;
  const findings = check({
    graph: expanded(graph),
    registry,
    mode: options.mode,
    table,
    newest: newestOf(SHIPPED_TABLES, table.id),
    market: { catalog, book: settings.book, ready: services.ready },
    takes: [],
    now: Date.now(),
  });
  for (const { rule, text, node } of findings)
    print(`${rule.severity}: ${node ? `${nameOf(node)}: ` : ''}${inWords(text)}`);
  if (!canRun) print('It cannot run as it is.');
  else if (findings.length) print(`It can run. ${findings.length} on the checklist.`);
  else print('It can run, and the checklist is empty.');
}
