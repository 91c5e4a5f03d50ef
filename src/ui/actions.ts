/** Every command of the editor, once: the keyboard, the palette and the shortcut sheet all read this list. */
import type { ReactFlowInstance } from '@xyflow/react';
import { disconnect, moveNodes, removeAndHeal, removeNodes, toggleMuted } from '../core/edits.ts';
import { nodeIds } from '../core/graph.ts';
import type { TakeRecord } from '../core/take.ts';
import type { App } from './app-context.ts';
import { arrange } from './canvas/layout.ts';
import { goTo } from './navigation.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from './status.ts';
import { shownTake } from './takes.ts';

export interface Action {
  readonly name: string;
  /** As `comboOf` writes them; the first is shown. */
  readonly keys: readonly string[];
  /** Works while a field has the focus. */
  readonly whileTyping?: boolean;
  run(): void;
}

export function removeSelected({ document, workspace }: App): void {
  const { selection, selectedWires } = workspace.getState();
  if (!selection.length && !selectedWires.length) return;
  document.edit('Delete', (draft) => {
    removeNodes(draft, selection);
    disconnect(draft, selectedWires);
  });
  workspace.select([]);
}
export async function arrangeNodes({ document, registry, workspace }: App): Promise<void> {
  const positions = await arrange(document.getState().graph, registry, workspace.getState().selection);
  document.edit('Arrange', (draft) => moveNodes(draft, positions));
}

/** The take of the chosen node; nothing while a run goes on. */
function judge({ workspace, desk, runs }: App, act: (take: TakeRecord) => void): void {
  const [id] = workspace.getState().selection;
  if (!id || runs.getState().running) return;
  const state = runs.getState();
  const { takes } = desk.getState();
  const take = shownTake(takes, id, shownOutputs(nodeRunOf(id)(state), nodePlanOf(id)(state))) ?? takes.findLast((one) => one.node === id && one.artifact);
  if (take) act(take);
}

export function actionsFor(app: App, flow: ReactFlowInstance): readonly Action[] {
  const { document, workspace, commands, registry } = app;
  const selected = () => workspace.getState().selection;
  const fit = () => void flow.fitView({ padding: 0.16, duration: 240 });
  const openFinder = () => {
    const box = window.document.querySelector('.stage')!.getBoundingClientRect();
    const screen = { x: box.left + box.width / 2 - 150, y: box.top + box.height / 3 };
    workspace.setState({ adding: { screen, flow: flow.screenToFlowPosition(screen) } });
  };
  const { id } = document.getState();
  return [
    { name: 'Run', keys: ['ctrl+enter'], whileTyping: true, run: () => void commands.startRun() },
    { name: 'Run selected', keys: ['ctrl+shift+enter'], whileTyping: true, run: () => void commands.startRun(selected()) },
    { name: 'Cancel the run', keys: ['ctrl+.'], whileTyping: true, run: commands.cancelRun },
    { name: 'Command palette', keys: ['ctrl+k'], whileTyping: true, run: () => workspace.setState({ palette: true }) },
    { name: 'Add a node', keys: ['space', 'tab'], run: openFinder },
    { name: 'Accept the take', keys: ['a'], run: () => judge(app, (take) => void commands.accept(take)) },
    { name: 'Reject the take and take another', keys: ['r'], run: () => judge(app, (take) => workspace.setState({ rejecting: take.node })) },
    { name: 'Undo the last verdict', keys: ['u'], run: () => void commands.undoVerdict() },
    { name: 'Undo', keys: ['ctrl+z'], run: () => void document.undo() },
    { name: 'Redo', keys: ['ctrl+shift+z', 'ctrl+y'], run: () => void document.redo() },
    { name: 'Copy', keys: ['ctrl+c'], run: () => void commands.copy() },
    { name: 'Cut', keys: ['ctrl+x'], run: () => void commands.copy(true) },
    { name: 'Duplicate', keys: ['ctrl+d'], run: commands.duplicate },
    { name: 'Select all', keys: ['ctrl+a'], run: () => workspace.select(nodeIds(document.getState().graph)) },
    { name: 'Select nothing', keys: ['escape'], run: () => workspace.select([]) },
    { name: 'Delete', keys: ['delete', 'backspace'], run: () => removeSelected(app) },
    {
      name: 'Delete and heal the wires',
      keys: ['shift+delete', 'shift+backspace'],
      run() {
        const nodes = selected();
        if (nodes.length === 0) return;
        document.edit('Delete and heal', (draft) => removeAndHeal(draft, registry, nodes));
        workspace.select([]);
      },
    },
    { name: 'Mute', keys: ['m'], run: () => void (selected().length > 0 && document.edit('Mute', (draft) => toggleMuted(draft, selected()))) },
    { name: 'Arrange', keys: ['l'], run: () => void arrangeNodes(app).then(fit) },
    { name: 'Fit to view', keys: ['f'], run: fit },
    { name: 'Snap to grid', keys: ['g'], run: () => workspace.setState((state) => ({ snap: !state.snap })) },
    { name: 'Minimap', keys: ['n'], run: () => workspace.setState((state) => ({ minimap: !state.minimap })) },
    { name: 'Draft or delivery mode', keys: ['d'], run: () => workspace.setState(({ mode }) => ({ mode: mode === 'draft' ? 'delivery' : 'draft' })) },
    { name: 'Export the graph', keys: ['ctrl+s'], whileTyping: true, run: () => void commands.exportGraph() },
    { name: 'Copy a link to this graph', keys: [], run: () => void commands.shareLink() },
    { name: 'Checklist', keys: [], run: () => workspace.setState({ panel: 'checklist' }) },
    { name: 'History', keys: [], run: () => workspace.setState({ panel: 'history' }) },
    ...(id ? [{ name: 'Review takes', keys: [], run: () => goTo({ screen: 'review', id }) }] : []),
    { name: 'Templates', keys: [], run: () => goTo({ screen: 'gallery' }) },
    { name: 'Routing tables', keys: [], run: () => goTo({ screen: 'routing' }) },
    { name: 'Catalog of models', keys: [], run: () => goTo({ screen: 'catalog' }) },
    { name: 'Audit', keys: [], run: () => goTo({ screen: 'audit' }) },
    { name: 'Settings', keys: [], run: () => goTo({ screen: 'settings' }) },
    { name: 'Shortcuts', keys: ['?'], run: () => workspace.setState({ sheet: true }) },
  ];
}

/** A key press in words: "ctrl+shift+z", "delete", "?". Shift counts for letters and named keys; it is how other signs are typed. */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${shift ? 'shift+' : ''}${key}`;
}
/** "Ctrl+Shift+Z" */
export const comboInWords = (combo: string): string => combo.replace(/(^|\+)([a-z])/g, (_, plus: string, letter: string) => plus + letter.toUpperCase());
