/** Says what is wrong with a graph, what a run of it would do, and what the checklist finds. */
import type { NodeId } from '../core/ids.ts';
import { inWords } from '../core/say.ts';
import { check } from '../discipline/discipline.ts';
import type { Plan } from '../engine/plan.ts';
import { expanded } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { costInWords, forecast, type CostRange, type Forecast } from '../ledger/forecast.ts';
import { registry } from '../registry.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { newestOf } from '../routing/table-for.ts';
import { memorySession } from './memory-session.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import type { LoadedGraph } from './loaded-graph.ts';

type Print = (line: string) => void;

/** `graph`: the loaded one, or that of a row of it. Says what keeps it from running. */
export async function planGraph(
  { request, artifacts, catalog, services, nameOf }: LoadedGraph,
  graph: Graph,
  print: Print,
): Promise<Plan<TakePlan>> {
  const session = await memorySession(artifacts, catalog, [], services);
  const planned = await session.plan({ ...request, graph });
  for (const [id, node] of Object.entries(planned.nodes))
    if (node.state === 'blocked')
      print(`${nameOf(id as NodeId)}: ${node.problems.map((problem) => inWords(problem)).join(' ')}`);
  return planned;
}

/** Who would make each take, at what price, and the sum of it. */
export function sayForecast({ nameOf }: LoadedGraph, planned: Plan<TakePlan>, print: Print): void {
  const { nodes, takes, after, ...total } = forecast(planned, []);
  for (const [id, node] of Object.entries(nodes)) {
    const { candidate, takePlan } = node;
    const { problem } = takePlan.resolution;
    if (!candidate && problem) {
      print(`${nameOf(id as NodeId)}: ${inWords(problem)}`);
      continue;
    }
    const source = candidate?.estimate.quotedAt === undefined ? '' : `, quoted by ${candidate.provider}`;
    print(
      `${nameOf(id as NodeId)}: ${candidate?.name ?? 'nobody can be asked'}, ${inWords(costInWords(node))}${source}`,
    );
  }
  const { toRun, mayRun, blocked } = planned;
  print(`${toRun + mayRun} to run, ${blocked} not ready; ${costOfTakes({ ...total, takes })}`);
  const { later, verdicts } = planned;
  const which = verdicts === 1 ? 'a verdict' : `${verdicts} verdicts`;
  if (verdicts) print(`then ${later} after ${which}${after ? `: ${costOfTakes(after)}` : ''}`);
}

const costOfTakes = (total: CostRange & Pick<Forecast, 'takes'>): string =>
  `up to ${total.takes[1]} takes, ${inWords(costInWords(total))}`;

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
