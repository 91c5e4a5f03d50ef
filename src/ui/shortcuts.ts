/** Keyboard commands of the editor. Typing in a field is never taken for one. */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { disconnect, moveNodes, removeNodes, toggleMuted } from '../core/edits.ts';
import { nodeIds } from '../core/graph.ts';
import type { TakeRecord } from '../core/take.ts';
import { useApp, type App } from './app-context.ts';
import { arrange } from './canvas/layout.ts';
import { goTo } from './navigation.ts';
import { nodePlanOf, nodeRunOf, shownOutputs } from './status.ts';
import { shownTake } from './takes.ts';

/** Shown on the `?` sheet, in this order. */
export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['Run', 'Ctrl+Enter'], ['Run selected', 'Ctrl+Shift+Enter'], ['Cancel', 'Ctrl+.'], ['Add a node', 'Space or Tab'], ['Undo', 'Ctrl+Z'], ['Redo', 'Ctrl+Shift+Z'], ['Copy, cut, paste', 'Ctrl+C, X, V'], ['Duplicate', 'Ctrl+D'], ['Select all', 'Ctrl+A'], ['Delete', 'Delete'], ['Accept, reject, undo verdict', 'A, R, U'], ['Mute', 'M'], ['Arrange', 'L'], ['Fit to view', 'F'], ['Snap to grid', 'G'], ['Minimap', 'N'], ['Export', 'Ctrl+S'], ['This sheet', '?'],
];

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

export function useShortcuts(): void {
  const app = useApp();
  const flow = useReactFlow();
  useEffect(() => {
    const { document, workspace, commands, runs } = app;
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches('input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]') || target.closest('dialog, .finder') !== null;
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const openFinder = () => {
        const box = window.document.querySelector('.stage')!.getBoundingClientRect();
        const screen = { x: box.left + box.width / 2 - 150, y: box.top + box.height / 3 };
        workspace.setState({ adding: { screen, flow: flow.screenToFlowPosition(screen) } });
      };
      const actions: Readonly<Record<string, () => void>> = control
        ? {
            enter: () => void commands.startRun(event.shiftKey ? workspace.getState().selection : undefined),
            '.': commands.cancelRun,
            ...(typing
              ? {}
              : {
                  z: () => (event.shiftKey ? document.redo() : document.undo()),
                  y: () => document.redo(),
                  c: () => void commands.copy(),
                  x: () => void commands.copy(true),
                  d: commands.duplicate,
                  a: () => workspace.select(nodeIds(document.getState().graph)),
                }),
            s: () => void commands.exportGraph(),
          }
        : typing
          ? {}
          : {
              ' ': openFinder,
              tab: openFinder,
              delete: () => removeSelected(app),
              backspace: () => removeSelected(app),
              a: () => judge(app, (take) => void commands.accept(take)),
              r: () => judge(app, (take) => workspace.setState({ rejecting: take.node })),
              u: () => void commands.undoVerdict(),
              m: () => workspace.getState().selection.length > 0 && document.edit('Mute', (draft) => toggleMuted(draft, workspace.getState().selection)),
              l: () => void arrangeNodes(app).then(() => flow.fitView({ padding: 0.16, duration: 240 })),
              f: () => void flow.fitView({ padding: 0.16, duration: 240 }),
              g: () => workspace.setState((state) => ({ snap: !state.snap })),
              n: () => workspace.setState((state) => ({ minimap: !state.minimap })),
              '?': () => workspace.setState({ sheet: true }),
              escape: () => workspace.select([]),
            };
      const action = actions[key];
      // Tab and Space keep their meaning on buttons and links; on the canvas they add a node.
      const onControl = target.closest('button, a, input, summary, [role="radio"]') !== null;
      if (!action || ((key === 'tab' || key === ' ') && (onControl || event.shiftKey || target.closest('.side, .library, .topbar, .rail')))) return;
      if (runs.getState().running && key === 'escape') return;
      event.preventDefault();
      action();
    };
    const onPaste = (event: ClipboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches?.('input, textarea') || !event.clipboardData) return;
      const files = [...event.clipboardData.files];
      const middle = flow.screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
      if (files.length) void commands.takeFiles(files, middle).then((id) => id && goTo({ screen: 'graph', id }));
      else commands.pasteText(event.clipboardData.getData('text/plain'));
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('paste', onPaste);
    };
  }, [app, flow]);
}
