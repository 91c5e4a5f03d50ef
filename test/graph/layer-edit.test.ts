import { expect, test } from 'vitest';
import { addNode, setParam } from '../../src/graph/edits.ts';
import { setLayer } from '../../src/graph/layer-edit.ts';
import { EMPTY_LAYER, type DrawnMark, type PictureLayer } from '../../src/core/picture-layer.ts';
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
  const change = (next: PictureLayer) => {
    const before = now().layer ?? EMPTY_LAYER;
    document.edit('Draw', (draft) => setLayer(draft, id, 'file', before, next));
    return before;
  };
  const long = line(8000);
  const seen: object[] = [now()];
  for (const next of [
    { marks: [long], mask: [] },
    { marks: [long, line(4)], mask: [] },
    { marks: [long, { ...line(4), colour: 'blue' as const }], mask: [], crop: { x: 0, y: 0, width: 9, height: 9 } },
    { marks: [long, line(6)], mask: [{ kind: 'invert' as const, size: 1, points: [] }] },
    { marks: [long], mask: [] },
  ]) {
    const before = change({
      ...next,
      marks: next.marks.map((mark, at) => (mark === long ? (now().layer?.marks[at] ?? long) : mark)),
    });
    expect(now().layer).toEqual(next);
    const { redo, undo } = document.getState().history.past.at(-1)!;
    if (before !== EMPTY_LAYER) expect(JSON.stringify([redo, undo]).length).toBeLessThan(1000);
    seen.push(now());
  }
  change(EMPTY_LAYER);
  // Without a layer the param is what it was, and so is its key.
  expect(now()).toEqual(file);
  for (const state of seen.toReversed()) {
    document.undo();
    expect(now()).toEqual(state);
  }
});
