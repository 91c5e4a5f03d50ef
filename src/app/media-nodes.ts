/** Nodes for pictures and LUTs that come in: on the open graph, or in a graph of their own. */
import { produce } from 'immer';
import type { NodeId } from '../core/ids.ts';
import { LONGEST_TITLE } from '../core/limits.ts';
import type { FileParam, FileSetting } from '../core/params.ts';
import { addNode, type BoardDraft } from '../graph/edits.ts';
import { emptyGraph, type Graph } from '../graph/graph.ts';
import type { Spot } from '../ui/commands.ts';
import { freePlaceForFiles, placeOfFile } from '../ui/canvas/file-places.ts';
import { t } from '../words/t.ts';
import type { Services } from './services.ts';

/** A file that was stored, as a param holds it. */
export interface StoredFile {
  readonly file: File;
  readonly accept: FileParam['accept'];
  readonly setting: FileSetting;
  readonly workflow?: string;
}
/** What a node needs of one. */
type HeldFile = Pick<StoredFile, 'accept' | 'setting'>;

/** The node that a file becomes. */
const HOLDERS: Readonly<Record<FileParam['accept'], { readonly type: string; readonly param: string }>> = {
  image: { type: 'reference', param: 'file' },
  media: { type: 'import', param: 'file' },
  lut: { type: 'grade', param: 'lut' },
};
const takes = (spec: FileParam, kind: FileParam['accept']): boolean =>
  spec.accept === kind || (spec.accept === 'media' && kind === 'image');

export interface MediaNodes {
  /**
   * Pictures become Reference nodes, clips Imports, LUTs Grades; one that was dropped on a node that takes such a file is that node's.
   * Returns whether they were placed: a graph that another tab edits takes none.
   */
  place(media: readonly HeldFile[], spot: Spot): boolean;
  /** Whether what is dropped on the node is for it: it takes pictures or clips. */
  takesMedia(id: NodeId): boolean;
  graphOf(media: readonly HeldFile[]): Graph;
}

export function mediaNodes({ registry, document, runs, workspace }: Services): MediaNodes {
  function paramFor(id: NodeId, accept: FileParam['accept']): string | undefined {
    const node = document.getState().board.nodes[id];
    const params = Object.entries((node && registry.get(node.type)?.params) ?? {});
    return params.find(([, spec]) => spec.kind === 'file' && takes(spec, accept))?.[0];
  }
  function setFile(id: NodeId, { accept, setting }: HeldFile): boolean {
    const param = paramFor(id, accept);
    if (param === undefined) return false;
    document.edit(
      'Choose file',
      (draft) => void (draft.nodes[id]!.params = { ...draft.nodes[id]!.params, [param]: setting }),
    );
    return true;
  }
  function addMedia(draft: BoardDraft, media: readonly HeldFile[], from: Spot['at']): NodeId[] {
    return media.flatMap(({ accept, setting }, nth) => {
      const { type, param } = HOLDERS[accept];
      const definition = registry.get(type);
      return definition ? [addNode(draft, definition, placeOfFile(from, nth), { [param]: setting })] : [];
    });
  }

  return {
    place(media, { at, onto }) {
      if (document.getState().readOnly) {
        workspace.notify('info', t('This graph is being edited in another tab.'), t('Drop files there.'));
        return false;
      }
      const [first] = media;
      if (first && media.length === 1 && onto && setFile(onto, first)) return true;
      const free = freePlaceForFiles({ document, registry, runs }, at, media.length);
      const added = document.edit('Add files', (draft) => addMedia(draft, media, free));
      if (added?.length) workspace.select(added);
      return true;
    },

    takesMedia: (id) => paramFor(id, 'image') !== undefined,

    graphOf(media) {
      const title = media[0]!.setting.name.replace(/\.\w{1,5}$/, '').slice(0, LONGEST_TITLE) || emptyGraph().title;
      return produce(
        emptyGraph(title),
        (draft) => void addMedia(draft as unknown as BoardDraft, media, { x: 0, y: 0 }),
      );
    },
  };
}
