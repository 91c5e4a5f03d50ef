/** What this tab looks at: selection, panels, theme. Never saved with a graph, never undone. */
import { sameData } from '../core/equal.ts';
import { createStore } from 'zustand/vanilla';
import type { Point } from '../graph/graph.ts';
import type { FrameId, NodeId, NoteId, TakeId, WireId } from '../core/ids.ts';
import type { Caret } from '../graph/marks.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import type { Said } from '../core/say.ts';
import type { RunMode, TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

/** Where a new node goes, and which socket it should fit; `beside`: next to what is selected, if anything is. */
export interface AddRequest {
  readonly screen: Point;
  readonly flow: Point;
  readonly from?: { readonly node: NodeId; readonly socket: string; readonly side: 'output' | 'input' };
  readonly beside?: boolean;
}
export interface Notice {
  readonly id: number;
  /** News, trouble, or something that goes on until it is over. */
  readonly tone: 'info' | 'bad' | 'wait';
  readonly text: Said;
  /** What to do about it; or, as a list, what exactly happened. */
  readonly hint?: Said | readonly Said[];
  /** What can be done about it, each with one click. */
  readonly actions: readonly NoticeAction[];
  /** It needs no hand and goes by itself. */
  readonly passes: boolean;
  /** How often it was said. */
  readonly times: number;
}
export interface NoticeAction {
  readonly label: string;
  act(): void;
}
/** How this person likes the editor; kept between visits. */
export interface ViewSettings {
  readonly theme: 'system' | 'light' | 'dark';
  /** A language tag; which there are is for `src/words` to say. */
  readonly language: string;
  readonly snap: boolean;
  readonly guides: boolean;
  readonly minimap: boolean;
  /** The graph as a list in place of the canvas. */
  readonly list: boolean;
  /** The strip of shots under the canvas, unfolded. */
  readonly shots: boolean;
  /** The node library beside the canvas; where there is no room for it, it is opened over the canvas. */
  readonly library: boolean;
  /** The panel on the other side: inspector, checklist, history. */
  readonly side: boolean;
  /** The step of the tour that is shown; beyond the last one when it is over. */
  readonly tour: number;
  /** What an area selects: whatever it touches, or only what lies in it whole. */
  readonly area: 'touching' | 'inside';
  /** Keys given to actions in place of their own, by the action's name. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}
export const USUAL_VIEW: ViewSettings = {
  theme: 'system',
  language: 'en',
  snap: true,
  guides: true,
  minimap: true,
  list: false,
  shots: true,
  library: true,
  side: true,
  tour: 0,
  area: 'touching',
  keys: {},
};

/** A picture or clip that carries the graph it was made by. */
export interface GraphCarrier {
  readonly file: File;
  readonly as: 'picture' | 'clip';
  /** Of its graph. */
  readonly title: string;
  readonly nodes: number;
}
export type CarriersAs = 'graphs' | 'media';
export interface CarrierQuestion {
  readonly carriers: readonly GraphCarrier[];
  /** What is meant most often in this place. */
  readonly usual: CarriersAs;
  /** Without a choice the files are left alone. */
  answer(choice: CarriersAs | undefined): void;
}

export interface WorkspaceState {
  readonly selection: readonly NodeId[];
  readonly selectedWires: readonly WireId[];
  /** Frames and notes. */
  readonly selectedMarks: readonly (FrameId | NoteId)[];
  readonly adding: AddRequest | undefined;
  /** The node that was just added: the keyboard goes there. */
  readonly fresh: NodeId | undefined;
  /** The node whose result stays on screen in a corner. */
  readonly solo: NodeId | undefined;
  /**
   * `from`: the second of a clip that is to be seen. `against`: what it is compared with. `made`: its take, where that may be of another
   * graph, and what the graph is called.
   */
  readonly viewing:
    | {
        readonly node: NodeId;
        readonly value: ImageValue | VideoValue;
        readonly from?: number;
        readonly against?: ImageValue | VideoValue;
        readonly made?: { readonly take: TakeRecord; readonly nth: number; readonly title?: string };
      }
    | undefined;
  readonly panel: 'inspector' | 'history' | 'checklist';
  readonly mode: RunMode;
  /** The take that was clicked to be looked at: verdicts are about it until a newer one is made. */
  readonly picked: { readonly take: TakeId; readonly newest: TakeId } | undefined;
  /** The take that is being rejected, while the reason is asked for: that one, whatever is looked at meanwhile. */
  readonly rejecting: TakeId | undefined;
  /** The join of a film that was asked for: its line is shown, and has the focus, as soon as it is there. */
  readonly shownJoin: { readonly film: NodeId; readonly at: number } | undefined;
  /** The note that is being written, on screen or scrolled away, and where in it; without a caret it begins to be. */
  readonly writing: { readonly note: NoteId; readonly caret: Caret | undefined } | undefined;
  /** The node whose name is being written on its card. */
  readonly naming: NodeId | undefined;
  /** What could not be put on the clipboard, shown to be copied by hand. */
  readonly byHand: string | undefined;
  readonly view: ViewSettings;
  /** A ComfyUI workflow that is looked at, and its text. */
  readonly foreign: { readonly name: string; readonly graph: ForeignGraph; readonly text: string } | undefined;
  /** A file that was dropped or opened, and says that it is a backup. */
  readonly backup: File | undefined;
  /** What waits for a person to say what files are taken for. */
  readonly carriers: CarrierQuestion | undefined;
  /** Search in the open graph. */
  readonly finding: boolean;
  readonly sheet: boolean;
  readonly palette: boolean;
  readonly notices: readonly Notice[];
}
export type WorkspaceStore = ReturnType<typeof createWorkspace>;

/** Notices at once, and of them news that would go by itself: trouble is not pushed out by it. */
const MOST_NOTICES = 12;
const MOST_NEWS = 3;
const isNews = ({ tone, passes }: Notice): boolean => tone === 'info' && passes;

export function createWorkspace(view: ViewSettings = USUAL_VIEW) {
  let notices = 0;
  const dismiss = (id: number): void =>
    store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
  const store = createStore<WorkspaceState>(() => ({
    selection: [],
    selectedWires: [],
    selectedMarks: [],
    adding: undefined,
    fresh: undefined,
    solo: undefined,
    viewing: undefined,
    panel: 'inspector',
    mode: 'delivery',
    picked: undefined,
    rejecting: undefined,
    shownJoin: undefined,
    writing: undefined,
    naming: undefined,
    byHand: undefined,
    view,
    foreign: undefined,
    backup: undefined,
    carriers: undefined,
    finding: false,
    sheet: false,
    palette: false,
    notices: [],
  }));
  function say(tone: Notice['tone'], text: Said, hint: Notice['hint'], told: Pick<Notice, 'actions' | 'passes'>) {
    const id = ++notices;
    store.setState((state) => {
      const isSame = (other: Notice) => sameData([other.text, other.hint], [text, hint]);
      const others = state.notices.filter((other) => !isSame(other));
      const times = (state.notices.find(isSame)?.times ?? 0) + 1;
      const notice = { id, tone, text, times, ...told, ...(hint === undefined ? {} : { hint }) };
      const fading = new Set(others.filter(isNews).slice(0, -MOST_NEWS));
      return { notices: [...others.filter((other) => !fading.has(other)), notice].slice(-MOST_NOTICES) };
    });
    return () => dismiss(id);
  }
  return {
    ...store,
    select(selection: readonly NodeId[], selectedMarks: readonly (FrameId | NoteId)[] = []): void {
      store.setState({ selection, selectedMarks, selectedWires: [] });
    },
    setView(change: Partial<ViewSettings>): void {
      store.setState(({ view: before }) => ({ view: { ...before, ...change } }));
    },
    /** Opens the side where it was closed. */
    showPanel(panel: WorkspaceState['panel']): void {
      store.setState(({ view }) => ({ panel, view: { ...view, side: true } }));
    },
    /**
     * Says what happened. Reports and offers stay until they are dismissed, the rest goes by itself; what is said again
     * takes the place of what was said.
     */
    notify(tone: Notice['tone'], text: Said, hint?: Notice['hint'], ...actions: readonly NoticeAction[]): void {
      const needsHand = tone === 'wait' || actions.length > 0 || Array.isArray(hint);
      say(tone, text, hint, { actions, passes: !needsHand });
    },
    /** Says what is so for a while. Call what is returned when it is not true any more; news may go before. */
    notifyUntil(
      tone: Notice['tone'],
      text: Said,
      hint?: Notice['hint'],
      ...actions: readonly NoticeAction[]
    ): () => void {
      const isNewsOnly = tone === 'info' && actions.length === 0 && !Array.isArray(hint);
      return say(tone, text, hint, { actions, passes: isNewsOnly });
    },
    dismiss,
  };
}
