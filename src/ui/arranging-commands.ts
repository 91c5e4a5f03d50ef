/** Commands that put what is selected elsewhere: into lines, into order, by steps. */
import { aligned, distributed, setOut, type Line } from '../graph/rect.ts';
import { fit } from './canvas/fit.ts';
import type { Command } from './editor-command.ts';
import { arrangeNodes, nudge, place } from './selection-edits.ts';
import { w } from '../words/t.ts';

const align = (name: string, line: Line): Command => ({
  name,
  keys: [],
  run: ({ app }) => place(app, name, (rects) => aligned(rects, line)),
});
const distribute = (name: string, axis: 'x' | 'y'): Command => ({
  name,
  keys: [],
  run: ({ app }) => place(app, 'Distribute', (rects) => distributed(rects, axis)),
});
const set = (name: string, how: 'row' | 'column' | 'grid'): Command => ({
  name,
  keys: [],
  run: ({ app }) => place(app, name, (rects) => setOut(rects, how)),
});
/** By how much things move, in flow pixels. */
const STEP = 16;
const FAR = 80;
const move = (name: string, way: 'left' | 'right' | 'up' | 'down', by: number): Command => ({
  name,
  keys: [by === FAR ? `shift+arrow${way}` : `arrow${way}`],
  run: ({ app }) => nudge(app, way, by),
});

export const ARRANGING = {
  arrange: {
    name: w('Arrange'),
    keys: ['l'],
    run: ({ app, flow }) => void arrangeNodes(app).then(() => fit(app, flow)),
  },
  'in-row': set(w('Set in a row'), 'row'),
  'in-column': set(w('Set in a column'), 'column'),
  'in-grid': set(w('Set in a grid'), 'grid'),
  'align-left': align(w('Align left'), 'left'),
  'align-centre': align(w('Align centre'), 'centre'),
  'align-right': align(w('Align right'), 'right'),
  'align-top': align(w('Align top'), 'top'),
  'align-middle': align(w('Align middle'), 'middle'),
  'align-bottom': align(w('Align bottom'), 'bottom'),
  'distribute-across': distribute(w('Distribute from left to right'), 'x'),
  'distribute-down': distribute(w('Distribute from top to bottom'), 'y'),
  'move-left': move(w('Move left'), 'left', STEP),
  'move-left-far': move(w('Move left by far'), 'left', FAR),
  'move-right': move(w('Move right'), 'right', STEP),
  'move-right-far': move(w('Move right by far'), 'right', FAR),
  'move-up': move(w('Move up'), 'up', STEP),
  'move-up-far': move(w('Move up by far'), 'up', FAR),
  'move-down': move(w('Move down'), 'down', STEP),
  'move-down-far': move(w('Move down by far'), 'down', FAR),
} as const satisfies Readonly<Record<string, Command>>;
