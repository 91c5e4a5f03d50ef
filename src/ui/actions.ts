/** Every command of the editor, once: the keyboard, the palette and the shortcut sheet all read this list. */
import type { ReactFlowInstance } from '@xyflow/react';
import { choiceAt, chooseAt, thawAt } from '../graph/choices.ts';
import { between, makeComponent, unpackComponent } from '../graph/component.ts';
import { componentIdOf } from '../graph/component-type.ts';
import { downstreamOf } from '../graph/ends.ts';
import { disconnect, moveNodes, removeAndHeal, removeNodes, toggle } from '../graph/edits.ts';
import { nodeIds } from '../graph/graph.ts';
import type { FrameId, NodeId, NoteId } from '../core/ids.ts';
import { addFrame, addNote, framesAround, moveMarks, removeMarks, type MarkId } from '../graph/marks.ts';
import { aligned, distributed, LINES, type Line } from '../graph/rect.ts';
import type { TakeRecord } from '../core/take.ts';
import type { App } from './app-context.ts';
import { joinInRow } from './connections.ts';
import { fit } from './canvas/fit.ts';
import { arrange } from './canvas/layout.ts';
import { rectsOf, type ItemId } from './canvas/places.ts';
import { goTo } from './navigation.ts';
import { flatId, outputsOf } from './node-facts.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from './status.ts';
import { meantTake, takesNow } from './shown-takes.ts';
import { t, w } from '../words/t.ts';

export interface Action {
  readonly name: string;
  /** As `comboOf` writes them; the first is shown. */
  readonly keys: readonly string[];
  /** Works while a field has the focus. */
  readonly whileTyping?: boolean;
  /** Only with the focus on the canvas, a card or nothing: elsewhere its keys mean something else. */
  readonly onCanvas?: boolean;
  /** Changes what becomes of a take. */
  readonly judges?: boolean;
  run(): void;
}

/** Everything selected that has a place: nodes, frames, notes. */
export const selectedItems = ({ workspace }: App): ItemId[] => [
  ...workspace.getState().selection,
  ...workspace.getState().selectedMarks,
];

export function removeSelected({ document, workspace }: App): void {
  const { selection, selectedWires, selectedMarks } = workspace.getState();
  if (!selection.length && !selectedWires.length && !selectedMarks.length) return;
  document.edit('Delete', (draft) => {
    removeNodes(draft, selection);
    disconnect(draft, selectedWires);
    removeMarks(draft, selectedMarks);
  });
  workspace.select([]);
}

/** How long things glide to their new places, in milliseconds. */
const GLIDE_MS = 260;
/** Cards and wires glide where the next edit puts them. */
function gliding(edit: () => void): void {
  const stage = window.document.querySelector('.stage');
  stage?.setAttribute('data-gliding', 'true');
  edit();
  setTimeout(() => stage?.removeAttribute('data-gliding'), GLIDE_MS);
}
export async function arrangeNodes({ document, registry, workspace }: App): Promise<void> {
  const positions = await arrange(document.getState().board, registry, workspace.getState().selection);
  gliding(() => document.edit('Arrange', (draft) => moveNodes(draft, positions)));
}

function place(
  app: App,
  label: string,
  order: (rects: ReturnType<typeof rectsOf>) => Readonly<Record<string, { x: number; y: number }>>,
): void {
  const { document, registry } = app;
  const rects = rectsOf(document.getState().board, registry, selectedItems(app));
  if (Object.keys(rects).length < 2) return;
  gliding(() =>
    document.edit(label, (draft) => {
      const to = order(rects);
      moveNodes(draft, to);
      moveMarks(draft, to);
    }),
  );
}

const MOVES = [
  ['left', w('Move left'), w('Move left by far')],
  ['right', w('Move right'), w('Move right by far')],
  ['up', w('Move up'), w('Move up by far')],
  ['down', w('Move down'), w('Move down by far')],
] as const;
/** Moves what is selected; steps in quick succession are one. */
function nudge(app: App, way: 'left' | 'right' | 'up' | 'down', by: number): void {
  const { document } = app;
  const items = selectedItems(app);
  if (items.length === 0) return;
  const step = { left: { x: -by, y: 0 }, right: { x: by, y: 0 }, up: { x: 0, y: -by }, down: { x: 0, y: by } }[way];
  document.edit(
    'Move',
    (draft) => {
      const at = (id: ItemId) =>
        (draft.nodes[id as NodeId] ?? draft.frames[id as FrameId] ?? draft.notes[id as NoteId])!.position;
      const to = Object.fromEntries(items.map((id) => [id, { x: at(id).x + step.x, y: at(id).y + step.y }]));
      moveNodes(draft, to);
      moveMarks(draft, to);
    },
    { mergeKey: 'nudge' },
  );
}
/** Goes along a wire, and takes the focus with it. */
function follow({ document, workspace }: App, near: 'from' | 'to', far: 'from' | 'to'): void {
  const [id] = workspace.getState().selection;
  const next = Object.values(document.getState().board.wires).find((wire) => wire[near].node === id)?.[far].node;
  if (!next) return;
  workspace.select([next]);
  window.document.querySelector<HTMLElement>(`[data-node-id="${CSS.escape(next)}"]`)?.focus();
}

export function frameSelected(app: App): void {
  const { document, registry, workspace } = app;
  const { board } = document.getState();
  // What a chosen frame carries lies in it already.
  const items = selectedItems(app).filter(
    (id, _, all) => !framesAround(board, id).some((frame) => all.includes(frame)),
  );
  if (items.length === 0)
    return workspace.notify('info', t('Select the nodes a frame should carry, then press Ctrl+G.'));
  const id = document.edit('Frame', (draft) => addFrame(draft, 'Frame', rectsOf(board, registry, items)));
  if (id) workspace.select([], [id]);
}

const ALIGN: Readonly<Record<Line, string>> = {
  left: w('Align left'),
  centre: w('Align centre'),
  right: w('Align right'),
  top: w('Align top'),
  middle: w('Align middle'),
  bottom: w('Align bottom'),
};

export function makeComponentOfSelected({ document, registry, workspace }: App): void {
  const { selection } = workspace.getState();
  if (selection.length === 0)
    return workspace.notify('info', t('Select the nodes that should become one, then make a component of them.'));
  const { board, graph } = document.getState();
  const amid = between(board, selection);
  if (amid)
    return workspace.notify(
      'bad',
      t(
        '“{0}” lies between the selected nodes, so the component would feed itself.',
        board.nodes[amid]?.title ?? registry.get(board.nodes[amid]?.type ?? '')?.title ?? t('A node'),
      ),
      t('Select it as well.'),
    );
  const count = Object.keys(graph.components).length;
  const id = document.edit('Make component', (draft, whole) =>
    makeComponent(whole, draft, registry, selection, count ? t('Component {0}', count + 1) : t('Component')),
  );
  if (id) workspace.select([id]);
}

function unpackSelected({ document, workspace }: App): void {
  const { board } = document.getState();
  const instances = workspace.getState().selection.filter((id) => componentIdOf(board.nodes[id]?.type ?? ''));
  if (instances.length === 0) return workspace.notify('info', t('Select a component to unpack.'));
  const nodes = document.edit('Unpack component', (draft, whole) =>
    instances.flatMap((id) => unpackComponent(whole, draft, id)),
  );
  if (nodes) workspace.select(nodes);
}

/** Keeps what the selected nodes show now, or lets them run again when all are frozen. */
export async function freezeSelected(app: App): Promise<void> {
  const { document, runs, workspace, commands } = app;
  const { board, graph } = document.getState();
  const nodes = workspace.getState().selection.filter((id) => board.nodes[id] && !componentIdOf(board.nodes[id].type));
  if (nodes.length === 0) return workspace.notify('info', t('Select a node whose result should be kept.'));
  if (nodes.every((id) => choiceAt(graph, flatId(app, id)).frozen)) {
    document.edit('Unfreeze', (_, whole) => nodes.forEach((id) => thawAt(whole, flatId(app, id))));
    return;
  }
  const made = nodes.flatMap((id) => {
    const outputs = outputsOf(graph, runs.getState(), flatId(app, id));
    return outputs ? [{ id, outputs }] : [];
  });
  if (made.length === 0)
    return workspace.notify('info', t('There is no result to keep yet.'), t('Run the node first.'));
  const keys = await Promise.all(made.map(({ outputs }) => commands.freeze(outputs)));
  if (keys.includes(undefined)) return;
  document.edit('Freeze', (_, whole) =>
    made.forEach(({ id }, at) => chooseAt(whole, flatId(app, id), { frozen: keys[at]! })),
  );
}

/** The take of the chosen node; nothing while a run goes on. */
async function judge(app: App, act: (take: TakeRecord) => void): Promise<void> {
  const { workspace, desk, runs } = app;
  const [chosen] = workspace.getState().selection;
  if (!chosen || runs.getState().running) return;
  const id = flatId(app, chosen);
  const state = runs.getState();
  const { takes } = desk.getState();
  const slot = takesNow(takes, id, state.plan?.dispatched[id]?.takePlan.slot);
  const shown = shownOutputs(nodeRunOf(id)(state), nodePlanOf(id)(state));
  const take = meantTake(slot, id, shown, workspace.getState().picked) ?? (await app.commands.claim(id));
  if (take) act(take);
}

export function actionsFor(app: App, flow: ReactFlowInstance): readonly Action[] {
  const { keys } = app.workspace.getState().view;
  return allActions(app, flow).map((action) => (keys[action.name] ? { ...action, keys: keys[action.name]! } : action));
}

function allActions(app: App, flow: ReactFlowInstance): readonly Action[] {
  const { document, workspace, commands, registry } = app;
  const selected = () => workspace.getState().selection;
  const middle = () => {
    const box = window.document.querySelector('.stage')!.getBoundingClientRect();
    return { x: box.left + box.width / 2 - 150, y: box.top + box.height / 3 };
  };
  const openFinder = () =>
    workspace.setState({ adding: { screen: middle(), flow: flow.screenToFlowPosition(middle()) } });
  const switchOn = (label: string, name: 'muted' | 'off') =>
    void (selected().length > 0 && document.edit(label, (draft) => toggle(draft, selected(), name)));
  const { id } = document.getState();
  return [
    { name: 'Run', keys: ['ctrl+enter'], whileTyping: true, run: () => void commands.startRun() },
    {
      name: 'Run selected',
      keys: ['ctrl+shift+enter'],
      whileTyping: true,
      run: () => void commands.startRun(selected().map((one) => flatId(app, one))),
    },
    {
      name: 'Run from here',
      keys: ['ctrl+alt+enter'],
      whileTyping: true,
      run: () =>
        void commands.startRun(downstreamOf(document.getState().board, selected()).map((one) => flatId(app, one))),
    },
    { name: 'Cancel the run', keys: ['ctrl+.'], whileTyping: true, run: commands.cancelRun },
    { name: 'Command palette', keys: ['ctrl+k'], whileTyping: true, run: () => workspace.setState({ palette: true }) },
    { name: 'Find in graph', keys: ['ctrl+f'], run: () => workspace.setState({ finding: true }) },
    { name: 'Add a node', keys: ['space', 'tab'], run: openFinder },
    {
      name: 'Add a note',
      keys: ['shift+n'],
      run: () => {
        const note = document.edit('Add note', (draft) => addNote(draft, flow.screenToFlowPosition(middle())));
        if (!note) return;
        workspace.select([], [note]);
        // It has nothing to show yet, so it is written at once.
        workspace.setState({ writing: { note, caret: undefined } });
      },
    },
    {
      name: 'Accept the take',
      keys: ['a'],
      judges: true,
      run: () => void judge(app, (take) => void commands.accept(take)),
    },
    {
      name: 'Reject the take and take another',
      keys: ['r'],
      judges: true,
      run: () => void judge(app, (take) => workspace.setState({ rejecting: take.id })),
    },
    { name: 'Undo the last verdict', keys: ['u'], judges: true, run: () => void commands.undoVerdict() },
    { name: 'Undo', keys: ['ctrl+z'], run: () => void document.undo() },
    { name: 'Redo', keys: ['ctrl+shift+z', 'ctrl+y'], run: () => void document.redo() },
    { name: 'Copy', keys: ['ctrl+c', 'ctrl+insert'], run: () => void commands.copy() },
    { name: 'Cut', keys: ['ctrl+x', 'shift+delete'], run: () => void commands.copy(true) },
    { name: 'Duplicate', keys: ['ctrl+d'], run: commands.duplicate },
    {
      name: 'Select all',
      keys: ['ctrl+a'],
      run: () =>
        workspace.select(nodeIds(document.getState().board), [
          ...Object.keys(document.getState().board.frames),
          ...Object.keys(document.getState().board.notes),
        ] as MarkId[]),
    },
    { name: 'Select nothing', keys: ['escape'], run: () => workspace.select([]) },
    { name: 'Delete', keys: ['delete', 'backspace'], onCanvas: true, run: () => removeSelected(app) },
    {
      name: 'Delete and heal the wires',
      keys: ['shift+backspace', 'ctrl+delete'],
      onCanvas: true,
      run() {
        const nodes = selected();
        if (nodes.length === 0) return;
        document.edit('Delete and heal', (draft) => removeAndHeal(draft, registry, nodes));
        workspace.select([]);
      },
    },
    { name: 'Mute or bypass: hand the input on', keys: ['m', 'ctrl+b'], run: () => switchOn('Mute', 'muted') },
    { name: 'Switch off, with all that needs it', keys: ['ctrl+m'], run: () => switchOn('Switch off', 'off') },
    { name: 'Freeze or unfreeze the result', keys: ['shift+f'], run: () => void freezeSelected(app) },
    { name: 'Join the selected nodes in a row', keys: ['c'], run: () => joinInRow(app) },
    { name: 'Frame the selection', keys: ['ctrl+g'], run: () => frameSelected(app) },
    { name: 'Make component', keys: ['ctrl+alt+g'], run: () => makeComponentOfSelected(app) },
    { name: 'Unpack component', keys: ['ctrl+shift+g'], run: () => unpackSelected(app) },
    {
      name: 'Open component',
      keys: ['enter'],
      run: () => {
        const [one] = selected();
        const { board, path } = document.getState();
        if (!one || !componentIdOf(board.nodes[one]?.type ?? '')) return;
        workspace.select([]);
        document.look([...path, one]);
        void fit(app, flow);
      },
    },
    {
      name: 'Leave component',
      keys: ['shift+enter'],
      run: () => {
        const { path } = document.getState();
        if (path.length === 0) return;
        document.look(path.slice(0, -1));
        workspace.select([path.at(-1)!]);
        void fit(app, flow);
      },
    },
    { name: 'Arrange', keys: ['l'], run: () => void arrangeNodes(app).then(() => fit(app, flow)) },
    ...LINES.map((line): Action => ({
      name: ALIGN[line],
      keys: [],
      run: () => place(app, ALIGN[line], (rects) => aligned(rects, line)),
    })),
    {
      name: 'Distribute from left to right',
      keys: [],
      run: () => place(app, 'Distribute', (rects) => distributed(rects, 'x')),
    },
    {
      name: 'Distribute from top to bottom',
      keys: [],
      run: () => place(app, 'Distribute', (rects) => distributed(rects, 'y')),
    },
    ...MOVES.flatMap(([way, near, far]): Action[] => [
      { name: near, keys: [`arrow${way}`], run: () => nudge(app, way, 16) },
      { name: far, keys: [`shift+arrow${way}`], run: () => nudge(app, way, 80) },
    ]),
    { name: 'Select what comes after', keys: ['alt+arrowright'], run: () => follow(app, 'from', 'to') },
    { name: 'Select what comes before', keys: ['alt+arrowleft'], run: () => follow(app, 'to', 'from') },
    { name: 'List view', keys: ['shift+l'], run: () => workspace.setView({ list: !workspace.getState().view.list }) },
    { name: 'Fit to view', keys: ['f'], run: () => void fit(app, flow) },
    { name: 'Fit the selection', keys: ['z'], run: () => void fit(app, flow, selectedItems(app)) },
    {
      name: 'Keep this result on screen',
      keys: ['v'],
      run: () =>
        workspace.setState(({ solo, selection }) => ({ solo: solo === selection[0] ? undefined : selection[0] })),
    },
    { name: 'Snap to grid', keys: ['g'], run: () => workspace.setView({ snap: !workspace.getState().view.snap }) },
    {
      name: 'Guides while dragging',
      keys: [],
      run: () => workspace.setView({ guides: !workspace.getState().view.guides }),
    },
    { name: 'Minimap', keys: ['n'], run: () => workspace.setView({ minimap: !workspace.getState().view.minimap }) },
    {
      name: 'An area selects what it touches, or what lies inside',
      keys: [],
      run() {
        const area = workspace.getState().view.area === 'touching' ? 'inside' : 'touching';
        workspace.setView({ area });
        workspace.notify(
          'info',
          area === 'inside'
            ? t('An area now selects what lies inside it whole.')
            : t('An area now selects whatever it touches.'),
        );
      },
    },
    {
      name: 'Draft or delivery mode',
      keys: ['d'],
      run: () => workspace.setState(({ mode }) => ({ mode: mode === 'draft' ? 'delivery' : 'draft' })),
    },
    { name: 'Export the graph', keys: ['ctrl+s'], whileTyping: true, run: () => void commands.exportGraph() },
    { name: 'Copy a link to this graph', keys: [], run: () => void commands.shareLink() },
    { name: 'Checklist', keys: [], run: () => workspace.setState({ panel: 'checklist' }) },
    { name: 'History', keys: [], run: () => workspace.setState({ panel: 'history' }) },
    ...(id
      ? (['review', 'form', 'batch', 'versions'] as const).map((screen): Action => ({
          name: { review: w('Review takes'), form: w('Use as a form'), batch: w('Batch'), versions: w('Versions') }[
            screen
          ],
          keys: [],
          run: () => goTo({ screen, id }),
        }))
      : []),
    { name: 'Templates', keys: [], run: () => goTo({ screen: 'gallery' }) },
    { name: 'Routing tables', keys: [], run: () => goTo({ screen: 'routing' }) },
    { name: 'Catalog of models', keys: [], run: () => goTo({ screen: 'catalog' }) },
    { name: 'Audit', keys: [], run: () => goTo({ screen: 'audit' }) },
    { name: 'Settings', keys: [], run: () => goTo({ screen: 'settings' }) },
    { name: 'Take the tour', keys: [], run: () => workspace.setView({ tour: 0 }) },
    { name: 'Shortcuts', keys: ['?'], run: () => workspace.setState({ sheet: true }) },
  ];
}
