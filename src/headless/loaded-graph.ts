/** A graph file that was read, with all that its commands share. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, Result } from '../core/errors.ts';
import { fail, NodeError, ok, toFailure } from '../core/errors.ts';
import { newId, type ArtifactHash, type GraphId, type NodeId } from '../core/ids.ts';
import { dollars } from '../core/money.ts';
import { inWords } from '../core/say.ts';
import type { RunMode } from '../core/take.ts';
import { parseGraphFile } from '../file/parse.ts';
import { expanded } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { DEFAULT_SETTINGS } from '../ledger/money-settings.ts';
import { registry } from '../registry.ts';
import { EMPTY_CATALOG, type Catalog } from '../routing/catalog.ts';
import { withOwnModels } from '../routing/own-model.ts';
import { parseCatalog } from '../routing/read-catalog.ts';
import { SHIPPED_TABLES } from '../routing/house.ts';
import type { SessionRequest } from '../session/planning.ts';
import { wrongLimitsOf } from '../routing/routing-table.ts';
import { parseTableFile } from '../routing/table-file.ts';
import { tableFor } from '../routing/table-for.ts';
import { storeMedia } from './graph-media.ts';
import { pngArtifacts, type PngArtifacts } from './png-artifacts.ts';
import type { Pause } from '../gateway/jobs/pause.ts';
import { BUILT_IN_ONLY, openServices, type HeadlessServices } from './open-services.ts';

export interface LoadedGraph {
  readonly graph: Graph;
  /** What came inside the file cannot be made again. */
  readonly imported: readonly ArtifactHash[];
  /** A warning each: what was left out, changed or not readable. */
  readonly warnings: readonly string[];
  readonly artifacts: PngArtifacts;
  readonly catalog: Catalog;
  readonly services: HeadlessServices;
  /** The graph as it stands. */
  readonly request: SessionRequest;
  /** What a node is called, by its flat id; the same in each row. */
  nameOf(node: NodeId): string;
}

export interface LoadOptions {
  readonly file: string;
  /** The folder that holds the model catalog. */
  readonly home: string;
  readonly mode: RunMode;
  /** A file with a routing table, by which its services are asked; without it the built-in engine makes everything. */
  readonly table?: string;
  /** What all that is asked for may cost together, in dollars. */
  readonly cap?: string;
  /** What counts as accepted at gates: `all`, or pictures and clips by the beginning of their hash. */
  readonly accept?: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  print(line: string): void;
  /** Between two questions to a service; by the clock where nothing is said. */
  readonly pause?: Pause;
}

/** Throws where a file cannot be read. */
export async function loadGraph(options: LoadOptions): Promise<Result<LoadedGraph>> {
  const { file, home, mode, table, cap, accept = [], environment, print, pause } = options;
  const parsed = parseGraphFile(readFileSync(file, 'utf8'), registry);
  if (!parsed.ok) return parsed;
  const { graph, report, media } = parsed.value;
  const routing = table === undefined ? undefined : parseTableFile(readFileSync(table, 'utf8'));
  if (routing && !routing.ok) return routing;
  const [wrong] = routing?.value.table.rows.flatMap(wrongLimitsOf) ?? [];
  if (wrong) return fail('bad-input', wrong, 'Mend the file, or remove the row.');
  const artifacts = pngArtifacts();
  const unread = await storeMedia(media, artifacts);
  const { nodes } = expanded(graph);
  const catalog = withOwnModels(catalogIn(home), routing?.value.workflows ?? []);
  const opened = routing
    ? await openedServices(artifacts, { environment, project: home, print, pause }, routing.value.table, graph, catalog)
    : ok(BUILT_IN_ONLY);
  if (!opened.ok) return opened;
  return ok({
    graph,
    imported: Object.keys(media) as ArtifactHash[],
    warnings: [...[...report.missing, ...report.dropped, ...report.migrated].map((line) => inWords(line)), ...unread],
    artifacts,
    catalog,
    services: opened.value,
    request: {
      graphId: newId<GraphId>('g'),
      graph,
      options: { mode },
      table: routing?.value.table ?? tableFor(graph, SHIPPED_TABLES),
      ...(accept.length ? { accepts: accept.includes('all') ? ('all' as const) : accept } : {}),
      settings: { ...DEFAULT_SETTINGS, ...(cap === undefined ? {} : { runCap: dollars(cap) }) },
    },
    nameOf: (id) => nodes[id]?.title ?? registry.get(nodes[id]?.type ?? '')?.title ?? id,
  });
}

/** Where no job service can be asked, that is said as any other failure. */
async function openedServices(...given: Parameters<typeof openServices>): Promise<Result<HeadlessServices>> {
  try {
    return ok(await openServices(...given));
  } catch (thrown) {
    if (!(thrown instanceof NodeError)) throw thrown;
    return { ok: false, error: toFailure(thrown) };
  }
}

export const withHint = ({ message, hint }: Failure): string =>
  hint ? `${inWords(message)} ${inWords(hint)}` : inWords(message);

function catalogIn(home: string): Catalog {
  const read = parseCatalog(readFileSync(join(home, 'public/catalog.json'), 'utf8'));
  return read.ok ? read.value.catalog : EMPTY_CATALOG;
}
