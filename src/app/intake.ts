/** Reading graphs from outside and keeping them: loaded when the first one comes. */
import type { Result } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { Graph } from '../graph/graph.ts';
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

/** `storeFile`: stores a picture or a LUT that came inside a graph. */
export function createIntake(
  services: EditingServices,
  createGraph: (graph: Graph) => Promise<GraphId>,
  storeFile: (file: File) => Promise<Result<FileSetting>>,
): Intake {
  const reading = createReading(services.workspace);
  const keepOpened = keepingOpened(services, createGraph, storeFile);
  return { reading, keepOpened, createGraph, ...createTemplates(services, reading, createGraph, keepOpened) };
}
