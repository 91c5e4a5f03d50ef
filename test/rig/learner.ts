/** A learner without a screen: runs graphs in the real session with the built-in engine, judges takes, answers, checks. */
import { readFileSync } from 'node:fs';
import type { GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import type { RunMode, TakeRecord, Verdict } from '../../src/core/take.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { memorySession } from '../../src/headless/memory-session.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { BUILT_IN_ONLY } from '../../src/headless/open-services.ts';
import type { MoneySettings } from '../../src/ledger/money-settings.ts';
import { DEFAULT_SETTINGS } from '../../src/ledger/money-settings.ts';
import { checkStep, type Checked } from '../../src/lessons/check-step.ts';
import { inWords } from '../../src/core/say.ts';
import { gatherEvidence, noLooks, type EvidenceSources } from '../../src/lessons/gather-evidence.ts';
import type { Answers, Lesson, LessonStep } from '../../src/lessons/lesson.ts';
import { lookAtPicture } from '../../src/lessons/picture-look.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import type { ReplayReport } from '../../src/ledger/replay-report.ts';
import { meetingAt, seamBetweenClips, type MeetingPair } from '../../src/measure/join.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { testArtifacts } from './test-artifacts.ts';

export function lessonFile(id: string): Lesson {
  const read = readLesson(readFileSync(`public/lessons/${id}.json`, 'utf8'), registry);
  if (!read.ok) throw new Error(inWords(read.error.message));
  return read.value;
}

/** The graph a step begins with. */
export function startOfStep(lesson: Lesson, id: string): Graph {
  const at = lesson.steps.findIndex((step) => step.id === id);
  const start = lesson.steps.slice(0, at + 1).findLast((step) => step.start)?.start ?? lesson.start;
  if ('graph' in start) return start.graph;
  const parsed = parseGraphFile(readFileSync(`public/templates/${start.template}.triptych.json`, 'utf8'), registry);
  if (!parsed.ok) throw new Error(inWords(parsed.error.message));
  return parsed.value.graph;
}

/** Params of nodes, by id, in place of what they were. */
export function changed(graph: Graph, params: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Graph {
  const nodes = { ...graph.nodes } as Record<string, Graph['nodes'][keyof Graph['nodes']]>;
  for (const [id, own] of Object.entries(params))
    nodes[id] = { ...nodes[id]!, params: { ...nodes[id]!.params, ...own } };
  return { ...graph, nodes };
}

const known = noLooks();

/** Of one step, which is one graph. Pictures that were looked at in another test are not looked at again. */
export async function learner(mode: RunMode = 'draft', settings: MoneySettings = DEFAULT_SETTINGS) {
  const artifacts = testArtifacts();
  // Each moment is later than the one before: what came first is told by time.
  let moment = 0;
  const stores = memoryStores(() => (moment = Math.max(moment + 1, Date.now())), artifacts.has);
  const session = await memorySession(artifacts, EMPTY_CATALOG, [], BUILT_IN_ONLY, stores);
  const graphId = 'g' as GraphId;
  let graph: Graph | undefined;
  const replays: ReplayReport[] = [];
  const tables: RoutingTable[] = [HOUSE];
  const answers: Record<string, string | number> = {};
  const judgeAs = async (takes: readonly TakeRecord[], state: Verdict['state'], reviewMs: number) => {
    const verdict: Verdict = { state, by: 'person', at: Date.now(), reviewMs };
    await session.judge(takes.map((take) => ({ ...take, verdict })));
  };

  const self = {
    answers,
    tables,
    takes: () => stores.takes.ofGraph(graphId),
    /** Oldest first. */
    runs: async () => (await stores.runs.list(graphId)).toReversed(),
    /** Returns the takes that this run made. */
    async run(next: Graph, targets?: readonly string[]): Promise<readonly TakeRecord[]> {
      graph = next;
      const before = new Set((await self.takes()).map(({ id }) => id));
      const table = tables.find(({ version }) => version === next.routing?.version) ?? HOUSE;
      const ran = await session.start(
        { graphId, graph, options: { mode, ...(targets ? { targets: targets as NodeId[] } : {}) }, table, settings },
        () => {},
      );
      if (!ran.ok) throw new Error(inWords(ran.error.message));
      if (ran.value.failure) throw new Error(inWords(ran.value.failure.message));
      return (await self.takes()).filter(({ id }) => !before.has(id));
    },
    accept: (takes: readonly TakeRecord[], reviewMs = 4000) => judgeAs(takes, 'accepted', reviewMs),
    reject: (takes: readonly TakeRecord[], reviewMs = 4000) => judgeAs(takes, 'rejected', reviewMs),
    async replay(): Promise<void> {
      const [last] = await stores.runs.list(graphId, 1);
      const report = await session.replay(last?.id ?? ('' as RunId));
      if (report.ok) replays.push(report.value);
    },
    shows(next: Graph): void {
      graph = next;
    },
    async evidence() {
      const sources = {
        ...stores,
        known,
        look: (value: Parameters<EvidenceSources['look']>[0]) => lookAtPicture(value, artifacts),
        seam: async ({ before, after, join }: MeetingPair) =>
          seamBetweenClips(await artifacts.clip(before), await artifacts.clip(after), meetingAt(join), async () => {}),
      };
      const beside = { answers: { ...answers } satisfies Answers, replays, tables };
      return gatherEvidence(graphId, graph!, beside, sources, registry);
    },
    /** Of each check of a step whether it passed, and in words why it did not. */
    async checks(step: LessonStep): Promise<Readonly<Record<string, string>>> {
      const evidence = await self.evidence();
      return Object.fromEntries(step.checks.map((check) => [check.id, inShort(checkStep(evidence, check))]));
    },
  };
  return self;
}

export const inShort = (checked: Checked): string =>
  checked.passed ? 'passed' : `${inWords(checked.seen)} | ${inWords(checked.expected)}`;

/** What `checks` gives where nothing is left to do. */
export const allPassed = ({ checks }: LessonStep): Readonly<Record<string, string>> =>
  Object.fromEntries(checks.map(({ id }) => [id, 'passed']));
