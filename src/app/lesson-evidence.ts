/** All that was done on a graph of this browser, as checks see it. */
import type { GraphId } from '../core/ids.ts';
import type { Graph } from '../graph/graph.ts';
import type { Evidence } from '../lessons/evidence.ts';
import { gatherEvidence, noLooks } from '../lessons/gather-evidence.ts';
import type { MeasureCommands } from '../ui/commands.ts';
import type { Services } from './services.ts';

/** Looks of pictures that are kept in memory; beyond it all are let go. */
const MOST_LOOKS = 300;

export type GatherEvidence = (
  id: GraphId,
  graph: Graph,
  beside: Pick<Evidence, 'answers' | 'replays'>,
) => Promise<Evidence>;

export function evidenceGatherer(
  { history, takes, thread, desk, registry, save }: Services,
  measuring: Pick<MeasureCommands, 'seamOf'>,
): GatherEvidence {
  let known = noLooks();
  return async (id, graph, beside) => {
    await save();
    if (known.looks.size > MOST_LOOKS) known = noLooks();
    const { tables } = desk.getState();
    return gatherEvidence(
      id,
      graph,
      { ...beside, tables },
      {
        runs: history,
        takes,
        known,
        async look(value) {
          const seen = await thread().call.lookAt(value);
          return seen.ok ? seen.value : undefined;
        },
        async seam(pair) {
          const seen = await measuring.seamOf(pair);
          return seen.ok ? seen.value : undefined;
        },
      },
      registry,
    );
  };
}
