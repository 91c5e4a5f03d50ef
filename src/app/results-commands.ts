/** What all graphs have made: found, starred and tagged, taken into graphs, downloaded. */
import { endingOf, fileName } from '../core/file-name.ts';
import type { GraphId } from '../core/ids.ts';
import { grouped } from '../core/grouped.ts';
import type { FileSetting } from '../core/params.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Graph } from '../graph/graph.ts';
import { boundsOf } from '../graph/rect.ts';
import { withGraph } from '../file/inside.ts';
import { writeGraphFile } from '../file/format.ts';
import type { MadeTake } from '../ledger/audit.ts';
import { fatesOf } from '../ledger/receipt.ts';
import type { TakeLabelStore } from '../storage/take-label-store.ts';
import { rectsOf } from '../ui/canvas/places.ts';
import { cardsOf } from '../ui/canvas/shown-shapes.ts';
import { shortTime } from '../ui/dates.ts';
import { nameInWords, titleInWords } from '../ui/graph-title.ts';
import type { MadeResult, ResultsCommands } from '../ui/results-listing.ts';
import { t } from '../words/t.ts';
import { mediaNodes } from './media-nodes.ts';
import { provenanceOf } from './provenance.ts';
import { saveBlob } from './save-blob.ts';
import type { Services } from './services.ts';

/** Between what is on a board and what is put beside it. */
const BESIDE = 80;
/** Characters of a prompt in a file's name. */
const LONGEST_STEM = 60;

export function createResultsCommands(
  services: Services,
  labels: TakeLabelStore,
  createGraph: (graph: Graph) => Promise<GraphId>,
): ResultsCommands {
  const { document, desk, graphs, history, takes, artifacts, workspace } = services;
  const nodes = mediaNodes(services);

  const stemOf = ({ request, work }: MadeTake) => request.prompt.text.slice(0, LONGEST_STEM) || t(work);
  /** Its bytes; where they were freed, that is said. */
  async function bytesOf(take: MadeTake): Promise<Blob | undefined> {
    const blob = await artifacts.get(take.artifact.hash);
    if (!blob)
      workspace.notify(
        'bad',
        t('This picture is no longer stored.'),
        t('Open its graph as it was and run it: with the same seed it is made again.'),
      );
    return blob;
  }
  function settingFor(take: MadeTake, mime: string): FileSetting {
    const { artifact } = take;
    const { hash, width, height } = artifact;
    const file = { hash, name: fileName(stemOf(take), `.${endingOf(mime)}`), mime, width, height };
    if (artifact.kind === 'image') return file;
    const { fps, frames, sound = [] } = artifact;
    const hasSound = sound.length > 0 && sound.every((piece) => piece.file === hash);
    return { ...file, clip: { fps, frames, hasSound } };
  }

  /** One that says the same under the same title: it was opened before, and nothing in it was changed. */
  async function sameGraph(wanted: Graph): Promise<GraphId | undefined> {
    const text = writeGraphFile(wanted);
    for (const { id, title } of await graphs.list()) {
      const kept = title === wanted.title ? await graphs.open(id) : undefined;
      if (kept?.edits.length === 0 && writeGraphFile(kept.graph) === text) return id;
    }
    return undefined;
  }

  return {
    async results() {
      const [all, listed, marked, stored] = await Promise.all([
        takes.all(),
        graphs.list(),
        labels.all(),
        labels.storedArtifacts(),
      ]);
      const { id: open, graph } = document.getState();
      const titles = new Map(listed.map(({ id, title }) => [id, titleInWords(title)]));
      // The open one as it is now, saved or not.
      if (open) titles.set(open, nameInWords(graph));
      const fates = fatesOf(all);
      const promptOf = promptsOfStills(all);
      const isMade = (take: (typeof all)[number]): take is MadeTake => take.artifact !== undefined;
      return all
        .filter(isMade)
        .toReversed()
        .map((take): MadeResult => {
          const title = titles.get(take.graphId);
          return {
            take,
            ...fates.get(take.id)!,
            prompt: take.request.prompt.text || (promptOf(take) ?? ''),
            ...(title === undefined ? {} : { graph: { id: take.graphId, title } }),
            isFreed: !stored.has(take.artifact.hash),
            label: marked.get(take.id) ?? { take: take.id },
          };
        });
    },

    labelTakes: (chosen, change) => Promise.all(chosen.map((take) => labels.change(take, change))),

    async graphAsItWas({ runId }) {
      const run = await history.run(runId);
      if (run) {
        const graph = { ...run.graph, title: `${nameInWords(run.graph)} (${shortTime(run.startedAt)})` };
        return (await sameGraph(graph)) ?? createGraph(graph);
      }
      workspace.notify(
        'info',
        t('The run that made this is no longer kept, so its graph cannot be opened as it was.'),
        t('The newest runs of each graph are kept, and those with an accepted take.'),
      );
      return undefined;
    },

    async useTake(take, where) {
      const blob = await bytesOf(take);
      if (!blob) return undefined;
      const accept = take.artifact.kind === 'image' ? 'image' : 'media';
      const media = [{ accept, setting: settingFor(take, blob.type) }] as const;
      if (where === 'new') return createGraph(nodes.graphOf(media));
      const { id, board } = document.getState();
      const all = boundsOf(Object.values(rectsOf(board, cardsOf(services), Object.keys(board.nodes) as never)));
      const at = all ? { x: all.x + all.width + BESIDE, y: all.y } : { x: 0, y: 0 };
      return id && nodes.place(media, { at }) ? id : undefined;
    },

    async downloadTake(take) {
      const blob = await bytesOf(take);
      if (!blob) return;
      const name = fileName(stemOf(take), `.${endingOf(blob.type)}`);
      const run = await history.run(take.runId);
      if (!run) return saveBlob(blob, name);
      const xmp = provenanceOf(run.graph, [take], desk.getState().tables);
      const bytes = withGraph(new Uint8Array(await blob.arrayBuffer()), { graph: writeGraphFile(run.graph), xmp });
      saveBlob(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: blob.type }), name);
    },
  };
}

/**
 * Prompts of what takes without one go on from, as clips of a still do: the newest before them, in the same graph, that
 * led there.
 */
function promptsOfStills(all: readonly TakeRecord[]): (take: TakeRecord) => string | undefined {
  const leading = grouped(
    all.filter(({ request, leadsTo }) => request.prompt.text && leadsTo && leadsTo.takes.length > 0),
    ({ graphId }) => graphId,
  );
  return ({ graphId, node, at }) =>
    leading.get(graphId)?.findLast((one) => one.at <= at && one.leadsTo!.takes.includes(node))?.request.prompt.text;
}
