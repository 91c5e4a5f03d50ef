import { expect, test } from 'vitest';
import { addNode, setParam } from '../../src/graph/edits.ts';
import { setLayer } from '../../src/graph/layer-edit.ts';
import { EMPTY_LAYER, readLayer, type DrawnMark, type PictureLayer } from '../../src/core/picture-layer.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';

const line = (length: number): DrawnMark => ({
  kind: 'line',
  colour: 'red',
  size: 2,
  points: Array.from({ length }, (_, at) => at),
});

test('a step of the history holds what was drawn in it, and is taken back whole', () => {
  const document = createDocument();
  const id = document.edit('Add', (draft) => addNode(draft, registry.get('import')!, { x: 0, y: 0 }))!;
  const file = { hash: 'h', name: 'a.png', mime: 'image/png', width: 99, height: 99 };
  document.edit('Choose', (draft) => setParam(draft, id, 'file', file));
  const now = () => document.getState().graph.nodes[id]!.params['file'] as { readonly layer?: PictureLayer };
  /** As the editor does: what it changes was read, so its entries are other objects than those of the graph. */
  const change = (to: (before: PictureLayer) => PictureLayer) => {
    const before = readLayer(now().layer, file) ?? EMPTY_LAYER;
    const next = to(before);
    document.edit('Draw', (draft) => setLayer(draft, id, 'file', before, next));
    expect(now().layer).toEqual(next);
    const { redo, undo } = document.getState().history.past.at(-1)!;
    return JSON.stringify([redo, undo]).length;
  };
  const seen: object[] = [now()];
  change((layer) => ({ ...layer, marks: [line(8000)] }));
  const steps: readonly ((before: PictureLayer) => PictureLayer)[] = [
    (layer) => ({ ...layer, marks: [...layer.marks, line(4)] }),
    (layer) => ({ ...layer, marks: [layer.marks[0]!, line(6)], crop: { x: 0, y: 0, width: 9, height: 9 } }),
    ({ marks }) => ({ marks, mask: [{ kind: 'invert', size: 1, points: [] }] }),
    ({ marks }) => ({ marks: marks.slice(0, 1), mask: [] }),
  ];
  for (const step of steps) {
    seen.push(now());
    expect(change(step)).toBeLessThan(1000);
  }
  seen.push(now());
  document.edit('Clear', (draft) => setLayer(draft, id, 'file', now().layer!, EMPTY_LAYER));
  // Without a layer the param is what it was, and so is its key.
  expect(now()).toEqual(file);
  for (const state of seen.toReversed()) {
    document.undo();
    expect(now()).toEqual(state);
  }
});
