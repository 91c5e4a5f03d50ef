/**
 * Every command of the editor, once, by an id that never changes: the keyboard, the palette, the shortcut sheet,
 * buttons
 * and what is stored about keys all go by it.
 */
import type { ReactFlowInstance } from '@xyflow/react';
import type { GraphId, NodeId } from '../core/ids.ts';
import { componentIdOf } from '../graph/component-type.ts';
import { toggleCollapsedCards } from '../graph/card-look.ts';
import { toggle } from '../graph/edits.ts';
import { removeAndHeal } from '../graph/heal.ts';
import { downstreamOf } from '../graph/ends.ts';
import { nodeIds } from '../graph/graph.ts';
import { addNote, type MarkId } from '../graph/marks.ts';
import { switchLibrary } from './narrow.ts';
import { loadPart } from '../load-part.ts';
import { t, w } from '../words/t.ts';
import type { ViewSettings } from '../state/workspace.ts';
import { ADDING } from './adding-commands.ts';
import type { App } from './app-context.ts';
import { ARRANGING } from './arranging-commands.ts';
import { fit, glideMs, reveal } from './canvas/fit.ts';
import { copyParams, pasteParams } from './copied-params.ts';
import { middleOfStage, selectedNodes, type Command, type CommandPlace } from './editor-command.ts';
import { exportPictures } from './export-pictures.ts';
import { joinSelected } from './join-selected.ts';
import { goTo } from './navigation.ts';
import { flatId } from './node-facts.ts';
import { freePlace } from './placing.ts';
import { follow, frameSelected, freezeSelected, judge, removeSelected } from './selection-edits.ts';
import { selectedItems } from './selected-items.ts';

export type ActionId = keyof typeof COMMANDS;
export interface Action extends Omit<Command, 'run'> {
  readonly id: ActionId;
  run(): void;
}

const flatSelected = (place: CommandPlace) => selectedNodes(place).map((one) => flatId(place.app, one));
function addNoteHere({ app, flow }: CommandPlace): void {
  const { document, workspace } = app;
  const at = freePlace(app, flow.screenToFlowPosition(middleOfStage()));
  const note = document.edit('Add note', (draft) => addNote(draft, at));
  if (!note) return;
  workspace.select([], [note]);
  // It has nothing to show yet, so it is written at once.
  workspace.setState({ writing: { note, caret: undefined } });
}
/** Presses the `+` at the first output of a card. */
function openNextSteps(id: NodeId | undefined): void {
  if (!id) return;
  const card = window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  const button = card?.querySelector<HTMLElement>('.nextstep');
  button?.focus({ preventScroll: true });
  button?.click();
}
function switchOn(label: string, what: 'muted' | 'off'): Command['run'] {
  return (place) => {
    const nodes = selectedNodes(place);
    if (nodes.length > 0) place.app.document.edit(label, (draft) => toggle(draft, nodes, what));
  };
}
function deleteAndHeal(place: CommandPlace): void {
  const { document, registry, workspace } = place.app;
  const nodes = selectedNodes(place);
  if (nodes.length === 0) return;
  document.edit('Delete and heal', (draft) => removeAndHeal(draft, registry, nodes));
  workspace.select([]);
}
/** Its name is written where it stands, on the card. */
function renameSelected(place: CommandPlace): void {
  const { app, flow } = place;
  const { board, readOnly } = app.document.getState();
  const [id, ...others] = selectedNodes(place);
  if (!id || others.length > 0 || !board.nodes[id] || readOnly) return;
  app.workspace.setState({ naming: id });
  void reveal(app, flow, id);
}
function collapseSelected(place: CommandPlace): void {
  const nodes = selectedNodes(place);
  if (nodes.length > 0) place.app.document.edit('Collapse or expand', (draft) => toggleCollapsedCards(draft, nodes));
}
function selectAll({ app: { document, workspace } }: CommandPlace): void {
  const { board } = document.getState();
  workspace.select(nodeIds(board), [...Object.keys(board.frames), ...Object.keys(board.notes)] as MarkId[]);
}
function openComponent(place: CommandPlace): void {
  const { document, workspace } = place.app;
  const [one] = selectedNodes(place);
  const { board, path } = document.getState();
  if (!one || !componentIdOf(board.nodes[one]?.type ?? '')) return;
  workspace.select([]);
  document.look([...path, one]);
  void fit(place.app, place.flow);
}
function leaveComponent({ app, flow }: CommandPlace): void {
  const { document, workspace } = app;
  const { path } = document.getState();
  if (path.length === 0) return;
  document.look(path.slice(0, -1));
  workspace.select([path.at(-1)!]);
  void fit(app, flow);
}
function changeArea({ app: { workspace } }: CommandPlace): void {
  const area = workspace.getState().view.area === 'touching' ? 'inside' : 'touching';
  workspace.setView({ area });
  workspace.notify(
    'info',
    area === 'inside'
      ? t('An area now selects what lies inside it whole.')
      : t('An area now selects whatever it touches.'),
  );
}

/** Not needed for most graphs, so it is not there from the beginning. */
const bringComponents = () => loadPart(() => import('./component-of-selection.ts'));

const bringComparing = () => loadPart(() => import('./begin-comparing.ts'));

const switchView = (
  name: string,
  keys: readonly string[],
  what: 'list' | 'snap' | 'guides' | 'minimap' | 'shots' | 'side',
): Command => ({
  name,
  keys,
  run: ({ app: { workspace } }) => workspace.setView({ [what]: !workspace.getState().view[what] }),
});
const openSide = (
  name: string,
  screen: 'review' | 'form' | 'shots' | 'batch' | 'compare' | 'versions' | 'lesson',
): Command => ({
  name,
  keys: [],
  ofGraph: true,
  run: ({ app }) => goTo({ screen, id: app.document.getState().id as GraphId }),
});
const openPage = (
  name: string,
  screen: 'gallery' | 'routing' | 'catalog' | 'campaign' | 'audit' | 'lessons' | 'class' | 'settings',
): Command => ({
  name,
  keys: [],
  run: () => goTo({ screen }),
});

const COMMANDS = {
  run: {
    name: w('Run'),
    keys: ['ctrl+enter'],
    whileTyping: true,
    run: ({ app }) => void app.commands.startRun(),
  },
  'run-selected': {
    name: w('Run selected'),
    keys: ['ctrl+shift+enter'],
    whileTyping: true,
    run: (place) => void place.app.commands.startRun(flatSelected(place)),
  },
  'run-from-here': {
    name: w('Run from here'),
    keys: ['ctrl+alt+enter'],
    whileTyping: true,
    run(place) {
      const nodes = downstreamOf(place.app.document.getState().board, selectedNodes(place));
      void place.app.commands.startRun(nodes.map((one) => flatId(place.app, one)));
    },
  },
  'cancel-run': {
    name: w('Cancel the run'),
    keys: ['ctrl+.'],
    whileTyping: true,
    run: ({ app }) => void app.commands.cancelRun(),
  },
  palette: {
    name: w('Command palette'),
    keys: ['ctrl+k'],
    whileTyping: true,
    run: ({ app }) => app.workspace.setState({ palette: true }),
  },
  find: { name: w('Find in graph'), keys: ['ctrl+f'], run: ({ app }) => app.workspace.setState({ finding: true }) },
  'add-node': {
    name: w('Add a node'),
    keys: ['space'],
    run: ({ app, flow }) =>
      app.workspace.setState({
        adding: { screen: middleOfStage(), flow: flow.screenToFlowPosition(middleOfStage()), beside: true },
      }),
  },
  'next-step': {
    name: w('Add what usually comes next'),
    keys: ['.'],
    onCanvas: true,
    run: (place) => openNextSteps(selectedNodes(place)[0]),
  },
  ...ADDING,
  'add-note': { name: w('Add a note'), keys: ['shift+n'], run: addNoteHere },
  accept: {
    name: w('Accept the take'),
    keys: ['a'],
    judges: true,
    run: ({ app }) => void judge(app, 'accept'),
  },
  reject: {
    name: w('Reject the take and take another'),
    keys: ['r'],
    judges: true,
    run: ({ app }) => void judge(app, 'reject'),
  },
  'undo-verdict': {
    name: w('Undo the last verdict'),
    keys: ['u'],
    judges: true,
    run: ({ app }) => void app.commands.undoVerdict(),
  },
  undo: { name: w('Undo'), keys: ['ctrl+z'], run: ({ app }) => void app.document.undo() },
  redo: { name: w('Redo'), keys: ['ctrl+shift+z', 'ctrl+y'], run: ({ app }) => void app.document.redo() },
  copy: { name: w('Copy'), keys: ['ctrl+c', 'ctrl+insert'], run: ({ app }) => void app.commands.copy() },
  cut: { name: w('Cut'), keys: ['ctrl+x', 'shift+delete'], run: ({ app }) => void app.commands.copy(true) },
  'copy-params': {
    name: w('Copy the params'),
    keys: ['ctrl+alt+c'],
    run: (place) => copyParams(place.app, selectedNodes(place)),
  },
  'paste-params': {
    name: w('Paste the params'),
    keys: ['ctrl+alt+v'],
    run: (place) => pasteParams(place.app, selectedNodes(place)),
  },
  duplicate: { name: w('Duplicate'), keys: ['ctrl+d'], run: ({ app }) => void app.commands.duplicate() },
  'select-all': { name: w('Select all'), keys: ['ctrl+a'], run: selectAll },
  'select-nothing': { name: w('Select nothing'), keys: ['escape'], run: ({ app }) => app.workspace.select([]) },
  delete: { name: w('Delete'), keys: ['delete', 'backspace'], onCanvas: true, run: ({ app }) => removeSelected(app) },
  'delete-and-heal': {
    name: w('Delete and heal the wires'),
    keys: ['shift+backspace', 'ctrl+delete'],
    onCanvas: true,
    run: deleteAndHeal,
  },
  mute: { name: w('Mute or bypass: hand the input on'), keys: ['m', 'ctrl+b'], run: switchOn('Mute', 'muted') },
  'switch-off': {
    name: w('Switch off, with all that needs it'),
    keys: ['ctrl+m'],
    run: switchOn('Switch off', 'off'),
  },
  freeze: {
    name: w('Freeze or unfreeze the result'),
    keys: ['shift+f'],
    run: ({ app }) => void freezeSelected(app),
  },
  'edit-picture': {
    name: w('Crop, mark or mask the picture'),
    keys: ['e'],
    onCanvas: true,
    run: ({ app }) => app.workspace.setState(({ selection }) => ({ drawingOn: selection[0] })),
  },
  rename: { name: w('Rename the node'), keys: ['f2'], onCanvas: true, run: renameSelected },
  collapse: { name: w('Collapse or expand the card'), keys: ['shift+c'], onCanvas: true, run: collapseSelected },
  join: { name: w('Join the selected nodes'), keys: ['c'], run: ({ app }) => joinSelected(app) },
  'export-pictures': {
    name: w('Export the pictures of the selected nodes'),
    keys: [],
    run: (place) => exportPictures(place.app, selectedNodes(place)),
  },
  frame: { name: w('Frame the selection'), keys: ['ctrl+g'], run: ({ app }) => frameSelected(app) },
  'make-component': {
    name: w('Make component'),
    keys: ['ctrl+alt+g'],
    run: ({ app }) => void bringComponents().then((brought) => brought.makeComponentOfSelected(app)),
  },
  'unpack-component': {
    name: w('Unpack component'),
    keys: ['ctrl+shift+g'],
    run: ({ app }) => void bringComponents().then((brought) => brought.unpackSelected(app)),
  },
  'open-component': { name: w('Open component'), keys: ['enter'], run: openComponent },
  'leave-component': { name: w('Leave component'), keys: ['shift+enter'], run: leaveComponent },
  ...ARRANGING,
  'select-next': {
    name: w('Select what comes after'),
    keys: ['alt+arrowright'],
    run: ({ app }) => follow(app, 'from', 'to'),
  },
  'select-previous': {
    name: w('Select what comes before'),
    keys: ['alt+arrowleft'],
    run: ({ app }) => follow(app, 'to', 'from'),
  },
  list: switchView(w('List view'), ['shift+l'], 'list'),
  fit: { name: w('Fit to view'), keys: ['f'], run: ({ app, flow }) => void fit(app, flow) },
  'fit-selection': {
    name: w('Fit the selection'),
    keys: ['z'],
    run: ({ app, flow }) => void fit(app, flow, selectedItems(app)),
  },
  'zoom-in': { name: w('Zoom in'), keys: ['+', '='], run: ({ flow }) => void flow.zoomIn({ duration: glideMs() }) },
  'zoom-out': { name: w('Zoom out'), keys: ['-'], run: ({ flow }) => void flow.zoomOut({ duration: glideMs() }) },
  'full-size': {
    name: w('Zoom to 100 %'),
    keys: ['0'],
    run: ({ flow }) => void flow.zoomTo(1, { duration: glideMs() }),
  },
  'keep-on-screen': {
    name: w('Keep this result on screen'),
    keys: ['v'],
    run: ({ app }) =>
      app.workspace.setState(({ solo, selection }) => ({ solo: solo === selection[0] ? undefined : selection[0] })),
  },
  snap: switchView(w('Snap to grid'), ['g'], 'snap'),
  guides: switchView(w('Guides while dragging'), [], 'guides'),
  minimap: switchView(w('Minimap'), ['n'], 'minimap'),
  library: { name: w('Node library'), keys: ['['], run: ({ app }) => switchLibrary(app) },
  side: switchView(w('Inspector, checklist and history'), [']'], 'side'),
  area: { name: w('An area selects what it touches, or what lies inside'), keys: [], run: changeArea },
  mode: {
    name: w('Draft or delivery mode'),
    keys: ['d'],
    run: ({ app }) => app.workspace.setState(({ mode }) => ({ mode: mode === 'draft' ? 'delivery' : 'draft' })),
  },
  export: {
    name: w('Export the graph'),
    keys: ['ctrl+s'],
    whileTyping: true,
    run: ({ app }) => void app.commands.exportGraph(),
  },
  share: { name: w('Copy a link to this graph'), keys: [], run: ({ app }) => void app.commands.shareLink() },
  checklist: { name: w('Checklist'), keys: [], run: ({ app }) => app.workspace.showPanel('checklist') },
  history: { name: w('History'), keys: [], run: ({ app }) => app.workspace.showPanel('history') },
  review: openSide(w('Review takes'), 'review'),
  form: openSide(w('Use as a form'), 'form'),
  shots: openSide(w('Shots on a page of their own'), 'shots'),
  'shot-strip': switchView(w('Strip of shots'), [], 'shots'),
  batch: openSide(w('Batch'), 'batch'),
  compare: openSide(w('Compare'), 'compare'),
  sweep: {
    name: w('Sweep params of the selected node'),
    keys: [],
    ofGraph: true,
    run: (place) => void bringComparing().then((brought) => brought.sweepNode(place.app, selectedNodes(place)[0])),
  },
  'compare-results': {
    name: w('Compare results'),
    keys: [],
    run: (place) => void bringComparing().then((brought) => brought.compareNodes(place.app, selectedNodes(place))),
  },
  'two-ways': {
    name: w('Text to video against image to video'),
    keys: [],
    ofGraph: true,
    run: (place) => void bringComparing().then((brought) => brought.compareWays(place.app, selectedNodes(place)[0])),
  },
  versions: openSide(w('Versions'), 'versions'),
  'write-lesson': openSide(w('Write a lesson'), 'lesson'),
  templates: openPage(w('Templates'), 'gallery'),
  routing: openPage(w('Routing tables'), 'routing'),
  catalog: openPage(w('Catalog of models'), 'catalog'),
  campaign: openPage(w('Campaign'), 'campaign'),
  audit: openPage(w('Audit'), 'audit'),
  lessons: openPage(w('Lessons'), 'lessons'),
  class: openPage(w('Class'), 'class'),
  settings: openPage(w('Settings'), 'settings'),
  tour: { name: w('Take the tour'), keys: [], run: ({ app }) => app.workspace.setView({ tour: 0 }) },
  shortcuts: { name: w('Shortcuts'), keys: ['?'], run: ({ app }) => app.workspace.setState({ sheet: true }) },
} as const satisfies Readonly<Record<string, Command>>;

type Keys = ViewSettings['keys'];
/** The keys a person gave it. Earlier releases stored them under its English name. */
export const givenKeys = (keys: Keys, { id, name }: Pick<Action, 'id' | 'name'>): readonly string[] | undefined =>
  keys[id] ?? keys[name];
/** What is stored when it has these keys, or its usual ones. */
export function withKeys(keys: Keys, { id, name }: Pick<Action, 'id' | 'name'>, own?: readonly string[]): Keys {
  const { [id]: _, [name]: __, ...others } = keys;
  return own ? { ...others, [id]: own } : others;
}

export function actionFor(app: App, flow: ReactFlowInstance, id: ActionId): Action {
  const command: Command = COMMANDS[id];
  const { keys } = app.workspace.getState().view;
  const own = givenKeys(keys, { id, name: command.name }) ?? command.keys;
  return { ...command, id, keys: own, run: () => command.run({ app, flow }) };
}

/** All that can be given now. */
export function actionsFor(app: App, flow: ReactFlowInstance): readonly Action[] {
  const isGraphOpen = app.document.getState().id !== undefined;
  const ids = Object.keys(COMMANDS) as ActionId[];
  return ids.map((id) => actionFor(app, flow, id)).filter(({ ofGraph }) => !ofGraph || isGraphOpen);
}
