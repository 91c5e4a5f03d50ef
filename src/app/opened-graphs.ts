/** Graphs that were read from a template, a file or a link, and are stored now. */
import { toFailure, type Result } from '../core/errors.ts';
import { filesIn, withFiles } from '../graph/imported-files.ts';
import type { Graph } from '../graph/graph.ts';
import type { ArtifactHash, GraphId, NodeId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import { said, say, type Sentence } from '../core/say.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import type { Opened } from '../file/parse.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';
import type { EditingServices } from './services.ts';

/** A graph that is kept now, and what was changed or left out for that. */
export interface KeptGraph {
  readonly id: GraphId;
  readonly changes: readonly Sentence[];
}
/** Stores what was read. What cannot be kept of it is among the changes; the rest is kept. */
export type KeepOpened = (opened: Opened) => Promise<KeptGraph>;

/** `storeFile`: stores a picture or a LUT that came inside. */
export function keepingOpened(
  { history }: Pick<EditingServices, 'history'>,
  createGraph: (graph: Graph) => Promise<GraphId>,
  storeFile: (file: File) => Promise<Result<FileSetting>>,
): KeepOpened {
  /**
   * Stored under what it is, never under what the file says it is: a file cannot replace a picture that is here
   * already.
   */
  const keepMedia = async ({ data, name, mime }: EmbeddedMedia): Promise<Result<FileSetting>> => {
    try {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      return await storeFile(new File([bytes], name, { type: mime }));
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    }
  };

  return async ({ graph, report, media, results }) => {
    const changes = [...report.missing, ...report.dropped, ...report.migrated];
    const known = new Map<string, FileSetting>();
    for (const [hash, item] of Object.entries(media)) {
      const kept = await keepMedia(item);
      if (kept.ok) known.set(hash, kept.value);
      else changes.push(say('{0} is damaged and was left out: {1}', item.name, said(kept.error.message)));
    }
    const moved = new Map([...known].filter(([hash, setting]) => setting.hash !== hash));
    for (const { hash, name } of new Map(filesIn(graph).map((one) => [one.hash, one])).values()) {
      if (moved.has(hash))
        changes.push(
          say(
            '{0} is not quite the same picture in this browser as where the file was written; results can differ a little.',
            name,
          ),
        );
    }
    const id = await createGraph(moved.size > 0 ? withFiles(graph, moved) : graph);
    const isWhole = ([, picture]: readonly [unknown, { readonly hash: ArtifactHash }]) =>
      known.get(picture.hash)?.hash === picture.hash;
    const whole = Object.entries(results).filter(isWhole);
    const lost = Object.keys(results).length - whole.length;
    if (lost > 0)
      changes.push(
        say('{0} {0|result|results} in this file could not be read; running makes {0|it|them} again.', lost),
      );
    await history.keepNodeStates(
      whole.map(([node, picture]) => ({
        graphId: id,
        node: node as NodeId,
        outputs: { image: { kind: 'image', ...picture } },
      })),
    );
    return { id, changes };
  };
}

export function tellChanges({ notify }: Pick<WorkspaceStore, 'notify'>, changes: readonly Sentence[]): void {
  if (changes.length > 0) notify('info', t('Opened with {0} {0|change|changes}.', changes.length), changes);
}
