/** Runs again what learners handed in, and says of each check whether it holds here too. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { GraphId } from '../core/ids.ts';
import { inWords } from '../core/say.ts';
import type { Loose } from '../core/loose.ts';
import { parseGraphFile } from '../file/parse.ts';
import type { Graph } from '../graph/graph.ts';
import { hostClock } from '../host-clock.ts';
import { DEFAULT_SETTINGS } from '../ledger/money-settings.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import { checkStep } from '../lessons/check-step.ts';
import type { Evidence } from '../lessons/evidence.ts';
import { gatherEvidence, noLooks, type EvidenceSources } from '../lessons/gather-evidence.ts';
import { toldIn, type Lesson } from '../lessons/lesson.ts';
import { lookAtPicture } from '../lessons/picture-look.ts';
import { graphStepOf } from '../lessons/progress.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { readResult, type ReadResult, type ResultGraph, type ResultStep } from '../lessons/result-file.ts';
import { meetingAt, seamBetweenClips, type MeetingPair } from '../measure/join.ts';
import { registry } from '../registry.ts';
import { EMPTY_CATALOG } from '../routing/catalog.ts';
import { tableFor } from '../routing/table-for.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import { withHint } from './loaded-graph.ts';
import { memorySession } from './memory-session.ts';
import { memoryStores } from './memory-stores.ts';
import { BUILT_IN_ONLY } from './open-services.ts';
import { pngArtifacts } from './png-artifacts.ts';

export interface RerunOptions {
  readonly files: readonly string[];
  /** The folder of the project, which has the lessons that come with it. */
  readonly home: string;
  /** Of a lesson that did not come with it. */
  readonly lesson?: string;
  print(line: string): void;
}

/** Returns 0 where all that was said to be passed passes again, and 1 where something does not or cannot be read. */
export async function rerunResults({ files, home, lesson: ownLesson, print }: RerunOptions): Promise<0 | 1> {
  let isAllRight = true;
  for (const file of files) {
    const read = readResult(readFileSync(file, 'utf8'));
    if (!read.ok) {
      print(`${basename(file)}: ${withHint(read.error)}`);
      isAllRight = false;
      continue;
    }
    const { learner, lesson: about } = read.value.result;
    print(`${learner}: ${toldIn(about.title, 'en')}, version ${about.version}`);
    const path = ownLesson ?? join(home, 'public/lessons', `${about.id.replace(/[^a-z0-9-]/g, '')}.json`);
    const lesson = existsSync(path) ? readLesson(readFileSync(path, 'utf8'), registry) : undefined;
    if (!lesson?.ok || lesson.value.id !== about.id || lesson.value.version !== about.version) {
      print(
        lesson && !lesson.ok
          ? `  ${withHint(lesson.error)}`
          : '  This version of the lesson is not here. Give its file with --lesson.',
      );
      isAllRight = false;
      continue;
    }
    if (!(await rerun(read.value, lesson.value, print))) isAllRight = false;
  }
  return isAllRight ? 0 : 1;
}

async function rerun({ result, isEdited }: ReadResult, lesson: Lesson, print: RerunOptions['print']): Promise<boolean> {
  if (isEdited) print('  It was changed after it was written.');
  let isRight = !isEdited;
  const done = new Map<string, EvidenceOf>();
  for (const graph of result.graphs) done.set(graph.step, await evidenceOf(graph));
  for (const [at, step] of lesson.steps.entries()) {
    const said = result.steps.find(({ id }) => id === step.id);
    const evidenceFor = done.get(graphStepOf(lesson, at));
    const held = step.checks.filter((check) => {
      const evidence = said && evidenceFor?.(said);
      return evidence !== undefined && checkStep(evidence, check).passed;
    });
    const wrong = said?.checks.filter(({ id, passed }) => passed && !held.some((check) => check.id === id)) ?? [];
    const names = wrong.map(({ title }) => `“${toldIn(title, 'en')}”`);
    const state = said?.state === 'skipped' ? ', skipped' : '';
    print(`  ${toldIn(step.title, 'en')}: ${held.length} of ${step.checks.length} hold${state}`);
    if (names.length > 0) print(`    handed in as passed, and not here: ${names.join(', ')}`);
    if (wrong.length > 0) isRight = false;
  }
  return isRight;
}

type EvidenceOf = (step: ResultStep) => Evidence;

/** Runs all that was run, with the verdicts that were given in between. */
async function evidenceOf({ graph: last, runs, verdicts, replays }: ResultGraph): Promise<EvidenceOf> {
  const artifacts = pngArtifacts();
  const stores = memoryStores(hostClock.now, artifacts.has);
  const session = await memorySession(artifacts, EMPTY_CATALOG, [], BUILT_IN_ONLY, stores);
  const graphId = 'g' as GraphId;
  for (const [at, run] of runs.entries()) {
    const graph = graphIn(run.graph);
    const request = {
      graphId,
      graph,
      options: { mode: run.mode },
      table: tableFor(graph, SHIPPED_TABLES),
      settings: DEFAULT_SETTINGS,
    };
    await session.start(request, () => {});
    const takes = await stores.takes.ofGraph(graphId);
    const judged = verdicts
      .filter(({ after }) => after === at)
      .flatMap(({ node, number, hash, state, reviewMs }) => {
        const take =
          takes.findLast((one) => one.artifact?.hash === hash) ??
          takes.findLast((one) => one.node === node && one.number === number);
        return take ? [{ ...take, verdict: { state, by: 'person' as const, at: hostClock.now(), reviewMs } }] : [];
      });
    if (judged.length > 0) await session.judge(judged);
    // What was made before a verdict is older than it, also on a fast computer.
    await new Promise((resolve) => hostClock.after(2, () => resolve(undefined)));
  }
  const reports: ReplayReport[] = [];
  const [newest] = await stores.runs.list(graphId, 1);
  if (replays > 0 && newest) {
    const report = await session.replay(newest.id);
    if (report.ok) reports.push(report.value);
  }
  const sources = {
    ...stores,
    known: noLooks(),
    look: (value: Parameters<EvidenceSources['look']>[0]) => lookAtPicture(value, artifacts),
    seam: async ({ before, after, join }: MeetingPair) =>
      seamBetweenClips(await artifacts.clip(before), await artifacts.clip(after), meetingAt(join), async () => {}),
  };
  const beside = { answers: {}, replays: reports, tables: SHIPPED_TABLES };
  const evidence = await gatherEvidence(graphId, graphIn(last), beside, sources, registry);
  return ({ answers }) => ({ ...evidence, answers });
}

function graphIn(file: Loose): Graph {
  const parsed = parseGraphFile(JSON.stringify(file), registry);
  if (!parsed.ok) throw new TypeError(inWords(parsed.error.message));
  return parsed.value.graph;
}
