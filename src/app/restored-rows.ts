/** Rows of the tables that belong to no graph, as a backup holds them: each is read as if it came from a file. */
import type { ComponentId } from '../core/ids.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import type { TakeRecord } from '../core/take.ts';
import type { TakeLabel } from '../core/take-label.ts';
import { isHandedIn, isLessonRow, isLibraryComponent, isTemplate } from '../file/lesson-shapes.ts';
import { isRefinement, isResult, isTake, isTakeLabel } from '../file/row-shapes.ts';
import type { LibraryComponent } from '../graph/adopt.ts';
import type { Refinement } from '../ledger/costs.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { readResult } from '../lessons/result-file.ts';
import type { OwnModel } from '../routing/own-model.ts';
import { readOwnModel } from '../routing/read-own-model.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { parseTableFile } from '../routing/table-file.ts';
import type { HandedInRow, LessonRow, ResultRow, SettingRow, TemplateRow } from '../storage/db.ts';
import { readStoredGraph } from './restored-graph.ts';

/** Each gives `undefined` for a row that is not what it should be. */
export interface RowReaders {
  takes(raw: unknown): TakeRecord | undefined;
  takeLabels(raw: unknown): TakeLabel | undefined;
  refinements(raw: unknown): Refinement | undefined;
  results(raw: unknown): ResultRow | undefined;
  routing(raw: unknown): RoutingTable | undefined;
  ownModels(raw: unknown): OwnModel | undefined;
  components(raw: unknown): LibraryComponent | undefined;
  templates(raw: unknown): TemplateRow | undefined;
  settings(raw: unknown): SettingRow | undefined;
  lessons(raw: unknown): LessonRow | undefined;
  handedIn(raw: unknown): HandedInRow | undefined;
}

/** `format`: of the graphs inside. */
export function rowReaders(format: number, registry: Registry): RowReaders {
  return {
    takes: (raw) => (isTake(raw) ? (raw as TakeRecord) : undefined),
    takeLabels: (raw) => (isTakeLabel(raw) ? (raw as TakeLabel) : undefined),
    refinements: (raw) => (isRefinement(raw) ? (raw as Refinement) : undefined),
    results: (raw) => (isResult(raw) ? (raw as ResultRow) : undefined),
    routing: readTable,
    ownModels: readOwnModel,
    components: (raw) => (isLibraryComponent(raw) ? readComponent(raw as Loose, format, registry) : undefined),
    templates(raw) {
      if (!isTemplate(raw)) return undefined;
      const template = raw as TemplateRow;
      const graph = readStoredGraph(template.graph, format, registry);
      return graph && { ...template, graph };
    },
    settings: (raw) => (isRecord(raw) && typeof raw['key'] === 'string' ? (raw as unknown as SettingRow) : undefined),
    lessons(raw) {
      if (!isLessonRow(raw)) return undefined;
      const { text } = raw as LessonRow;
      return text === undefined || readLesson(text, registry).ok ? (raw as LessonRow) : undefined;
    },
    handedIn: (raw) => (isHandedIn(raw) && readResult((raw as HandedInRow).text).ok ? (raw as HandedInRow) : undefined),
  };
}

/** The reader of table files makes drafts. */
function readTable(raw: unknown): RoutingTable | undefined {
  const read = parseTableFile(
    JSON.stringify({ ...(isRecord(raw) ? raw : {}), format: 'triptych-routing', formatVersion: 1 }),
  );
  const { version, publishedAt } = isRecord(raw) ? raw : {};
  const isNumbered = Number.isSafeInteger(version) && (version as number) >= 0;
  if (!read.ok || !isNumbered || typeof publishedAt !== 'string') return undefined;
  return { ...read.value.table, version: version as number, publishedAt: publishedAt.slice(0, 40) };
}

/** Read as part of a graph that holds it, with those it is made of. */
function readComponent(raw: Loose, format: number, registry: Registry): LibraryComponent | undefined {
  const { id, version, at, component, needs } = raw as unknown as LibraryComponent;
  const graph = readStoredGraph({ nodes: {}, wires: {}, components: { ...needs, [id]: component } }, format, registry);
  const { [id]: read, ...others } = graph?.components ?? ({} as Record<ComponentId, never>);
  return read && { id, version, at, component: read, needs: others };
}
