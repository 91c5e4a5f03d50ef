/** What this tab looks at: selection, panels, theme. Never saved with a graph, never undone. */
import { createStore } from 'zustand/vanilla';
import type { Point } from '../core/graph.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import type { RunMode } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

/** Where a new node goes, and which socket it should fit. */
export interface AddRequest {
  readonly screen: Point;
  readonly flow: Point;
  readonly from?: { readonly node: NodeId; readonly socket: string; readonly side: 'output' | 'input' };
}
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'bad';
  readonly text: string;
  readonly hint?: string;
  /** What can be done about it, with one click. */
  readonly action?: { readonly label: string; act(): void };
}
export interface WorkspaceState {
  readonly selection: readonly NodeId[];
  readonly selectedWires: readonly WireId[];
  readonly adding: AddRequest | undefined;
  readonly viewing: { readonly node: NodeId; readonly value: ImageValue | VideoValue } | undefined;
  readonly panel: 'inspector' | 'history' | 'checklist';
  readonly theme: 'system' | 'light' | 'dark';
  readonly mode: RunMode;
  /** A generation node whose cap is reached: the app proposes what to do. */
  readonly capped: NodeId | undefined;
  /** The node whose take is being rejected, while the reason is asked for. */
  readonly rejecting: NodeId | undefined;
  readonly snap: boolean;
  readonly minimap: boolean;
  readonly sheet: boolean;
  readonly palette: boolean;
  readonly notices: readonly Notice[];
  /** Why the wire being drawn may not end here. */
  readonly refusal: { readonly text: string; readonly at: Point } | undefined;
}
export type WorkspaceStore = ReturnType<typeof createWorkspace>;

/** How long news stays on screen. */
const NEWS_MS = 9000;

export function createWorkspace(theme: WorkspaceState['theme'] = 'system') {
  let notices = 0;
  const dismiss = (id: number): void => store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
  const store = createStore<WorkspaceState>(() => ({
    selection: [], selectedWires: [], adding: undefined, viewing: undefined, panel: 'inspector', theme, mode: 'delivery', capped: undefined, rejecting: undefined, snap: true, minimap: true, sheet: false, palette: false, notices: [], refusal: undefined,
  }));
  return {
    ...store,
    select(selection: readonly NodeId[], selectedWires: readonly WireId[] = []): void {
      store.setState({ selection, selectedWires });
    },
    /** News goes by itself; trouble and offers stay until they are dismissed. */
    notify(tone: Notice['tone'], text: string, hint?: string, action?: Notice['action']): void {
      const notice: Notice = { id: ++notices, tone, text, ...(hint === undefined ? {} : { hint }), ...(action ? { action } : {}) };
      store.setState((state) => ({ notices: [...state.notices.slice(-3), notice] }));
      if (tone === 'info' && !action) setTimeout(() => dismiss(notice.id), NEWS_MS);
    },
    dismiss,
  };
}
