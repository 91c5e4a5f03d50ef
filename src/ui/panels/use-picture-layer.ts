/** What is drawn over the picture of a node, and how it is changed: every change is an edit of the graph. */
import { useMemo } from 'react';
import { setLayer } from '../../graph/layer-edit.ts';
import type { NodeId } from '../../core/ids.ts';
import type { FileSetting } from '../../core/params.ts';
import { EMPTY_LAYER, readLayer, type PictureLayer } from '../../core/picture-layer.ts';
import type { Said } from '../../core/say.ts';
import { useApp, useFact } from '../app-context.ts';
import { mediaParam } from '../file-choice.ts';
import { t } from '../../words/t.ts';

export interface PictureLayerEdits {
  readonly file: FileSetting;
  readonly layer: PictureLayer;
  /** Changes with one `part` in quick succession are one step. */
  change(label: Said, layer: PictureLayer, part?: string): void;
  /** What can be taken back without leaving the picture: changes of its layer. */
  readonly undoes: Said | undefined;
  readonly redoes: Said | undefined;
  undo(): void;
  redo(): void;
}

/** Nothing where the node has no picture, or none any more. */
export function usePictureLayer(node: NodeId): PictureLayerEdits | undefined {
  const { document, registry, workspace } = useApp();
  const placed = useFact(document, (state) => state.board.nodes[node]);
  const own = `drawn:${node}:`;
  const ofLayer = (step: { readonly mergeKey?: string; readonly label: Said } | undefined) =>
    step?.mergeKey?.startsWith(own) ? step.label : undefined;
  const undoes = useFact(document, ({ history }) => ofLayer(history.past.at(-1)));
  const redoes = useFact(document, ({ history }) => ofLayer(history.future[0]));
  const face = placed && registry.get(placed.type);
  const name = face && mediaParam(face)?.name;
  const file = name === undefined ? undefined : (placed?.params[name] as FileSetting | null | undefined);
  const layer = useMemo(() => (file && readLayer(file.layer, file)) ?? EMPTY_LAYER, [file]);
  if (!file || file.clip || name === undefined) return undefined;
  return {
    file,
    layer,
    change(label, next, part) {
      // What could not be read again is not kept either.
      if (!readLayer(next, file))
        return workspace.notify('info', t('No more fits on this picture.'), t('Remove some marks, or clear the mask.'));
      document.edit(label, (draft) => setLayer(draft, node, name, layer, next), {
        mergeKey: `${own}${part ?? `step ${document.getState().revision}`}`,
      });
    },
    undoes,
    redoes,
    undo: () => void (undoes !== undefined && document.undo()),
    redo: () => void (redoes !== undefined && document.redo()),
  };
}
