/** The pictures and clips that the selected nodes show, as files. */
import { fileName } from '../core/file-name.ts';
import type { NodeId } from '../core/ids.ts';
import type { App } from './app-context.ts';
import { titleOf } from './connections.ts';
import { nameInWords } from './graph-title.ts';
import { pictureOf } from './node-facts.ts';
import { t } from '../words/t.ts';

/** In the order of the canvas, left to right; each is called by its place in it and its node. */
export function exportPictures(app: App, nodes: readonly NodeId[]): void {
  const { document, registry, workspace, commands } = app;
  const { board, graph } = document.getState();
  const placeOf = (id: NodeId) => board.nodes[id]!.position;
  const shown = nodes
    .filter((id) => board.nodes[id])
    .toSorted((a, b) => placeOf(a).x - placeOf(b).x || placeOf(a).y - placeOf(b).y)
    .flatMap((id) => {
      const picture = pictureOf(app, id);
      return picture ? [{ title: titleOf(board, registry, id), hash: picture.hash }] : [];
    });
  if (shown.length === 0)
    return workspace.notify('info', t('None of the selected nodes shows a picture.'), t('Run them first.'));
  const digits = String(shown.length).length;
  const pictures = shown.map(({ title, hash }, at) => ({
    stem: shown.length === 1 ? title : `${String(at + 1).padStart(digits, '0')} ${title}`,
    hash,
  }));
  void commands.downloadPictures(pictures, fileName(nameInWords(graph), '.zip'));
}
