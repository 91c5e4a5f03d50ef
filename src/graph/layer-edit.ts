/** Changes what is drawn over a node's picture where it differs: a step of the history holds one stroke, not all. */
import type { NodeId } from '../core/ids.ts';
import { isEmptyLayer, type PictureLayer } from '../core/picture-layer.ts';
import type { BoardDraft } from './edits.ts';

type Changeable<T> = { -readonly [K in keyof T]: T[K] };
interface DrawnFile {
  layer?: Changeable<PictureLayer>;
}

/** `before`: what the layer of the file in this param is now; entries that are the same objects stay as they are. */
export function setLayer(
  draft: BoardDraft,
  node: NodeId,
  param: string,
  before: PictureLayer,
  next: PictureLayer,
): void {
  const file = draft.nodes[node]?.params[param] as DrawnFile | null | undefined;
  if (!file) return;
  const { layer } = file;
  if (isEmptyLayer(next)) delete file.layer;
  else if (!layer || isEmptyLayer(before)) file.layer = next;
  else {
    if (!next.crop) delete layer.crop;
    else if (next.crop !== before.crop) layer.crop = next.crop;
    changeWhereOther(layer.marks, before.marks, next.marks);
    changeWhereOther(layer.mask, before.mask, next.mask);
  }
}

function changeWhereOther<T>(list: readonly T[], before: readonly T[], next: readonly T[]): void {
  const changed = list as T[];
  for (const [at, entry] of next.entries()) if (entry !== before[at]) changed[at] = entry;
  changed.length = next.length;
}
