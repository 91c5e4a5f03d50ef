/** Reading graphs from outside and keeping them: loaded when the first one comes. */
import { ok, type Result } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { Graph } from '../graph/graph.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { tableElsewhere } from '../routing/table-for.ts';
import type { IncomingCommands } from '../ui/commands.ts';
import { keepingOpened, type KeepOpened } from './opened-graphs.ts';
import { createReading, type Reading } from './reading.ts';
import type { EditingServices } from './services.ts';
import { createTemplates } from './templates.ts';

export interface Intake extends Pick<IncomingCommands, 'openTemplate'> {
  readonly reading: Reading;
  readonly keepOpened: KeepOpened;
  createGraph(graph: Graph): Promise<GraphId>;
}

/** `storeFile`: stores a picture or a LUT that came inside a graph. `tables`: all that are kept here. */
export function createIntake(
  services: EditingServices,
  createGraph: (graph: Graph) => Promise<GraphId>,
  storeFile: (file: File) => Promise<Result<FileSetting>>,
  tables: () => Promise<readonly RoutingTable[]>,
): Intake {
  const plain = createReading(services.workspace);
  const reading = sayingTables(plain, tables);
  const keepOpened = keepingOpened(services, createGraph, storeFile);
  return { reading, keepOpened, createGraph, ...createTemplates(services, plain, createGraph, keepOpened, tables) };
}

/** Tables do not travel with graphs: one that is pinned to a table of somewhere else says so, and by which it goes here. */
const sayingTables = (reading: Reading, tables: () => Promise<readonly RoutingTable[]>): Reading => ({
  ...reading,
  async graph(text) {
    const read = await reading.graph(text);
    const elsewhere = read.ok ? tableElsewhere(read.value.graph, await tables()) : undefined;
    if (!read.ok || !elsewhere) return read;
    const { report } = read.value;
    return ok({ ...read.value, report: { ...report, missing: [...report.missing, elsewhere] } });
  },
});
