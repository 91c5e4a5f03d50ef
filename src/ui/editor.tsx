/** The editor: library, canvas, run bar, inspector. Loaded when a graph is opened. */
import { ReactFlowProvider, useReactFlow, type ReactFlowInstance } from '@xyflow/react';
import { ChevronDown, Download, Keyboard, LayoutDashboard, Link, ListTree, Maximize } from 'lucide-react';
import { Suspense } from 'react';
import { UNTITLED } from '../graph/graph.ts';
import { useApp, useFact, type App } from './app-context.ts';
import { Canvas } from './canvas/canvas.tsx';
import { fit } from './canvas/fit.ts';
import { FindingsContext, useBadges, useFindings } from './findings.ts';
import { UndoEdits } from './panels/undo-edits.tsx';
import { ExportChoices } from './panels/export-choices.tsx';
import { Inspector } from './panels/inspector.tsx';
import { Library } from './panels/library.tsx';
import { LibrarySwitch, SideSwitch } from './panels/side-switches.tsx';
import { Fence, LateFence, SelectionFence } from './fence.tsx';
import { NotKept } from './lacks-notice.tsx';
import { loadPart } from '../load-part.ts';
import { useIsNarrow } from './narrow.ts';
import { part } from './part.tsx';
import { useShortcuts } from './shortcuts.ts';
import { rove, stopAt } from './widgets/roving.ts';
import type { Finding } from '../discipline/rule.ts';
import { nameInWords } from './graph-title.ts';
import { tip } from './widgets/tip.ts';
import { t, w } from '../words/t.ts';
import './editor.css';

/** As the beginning of a sentence. */
const PANELS = { inspector: w('The inspector'), history: w('The history'), checklist: w('The checklist') } as const;
const TABS = [
  ['inspector', w('Inspector')],
  ['checklist', w('Checklist')],
  ['history', w('History')],
] as const;

const ListView = part(() => import('./panels/list-view.tsx'));
const Checklist = part(() => import('./panels/checklist.tsx'));
const History = part(() => import('./panels/history-panel.tsx'));
// A graph can be edited before these are there, and they take no room from what is.
const Dock = part(() => import('./panels/dock.tsx'));
const Shots = part(() => import('./panels/shots-dock.tsx'));
const Overlays = part(() => import('./panels/overlays.tsx'));
const Zoom = part(() => import('./panels/zoom-readout.tsx'));
const StageOverlays = part(() => import('./panels/stage-overlays.tsx'));

export default function Editor() {
  return (
    <ReactFlowProvider>
      <Desk />
    </ReactFlowProvider>
  );
}

function Desk() {
  const { document, workspace } = useApp();
  useShortcuts();
  const empty = useFact(document, (state) => Object.keys(state.board.nodes).length === 0);
  const list = useFact(workspace, (state) => state.view.list);
  const library = useFact(workspace, (state) => state.view.library);
  const side = useFact(workspace, (state) => state.view.side);
  const isNarrow = useIsNarrow();
  const findings = useFindings();
  const badges = useBadges(findings);
  return (
    <div className="editor" data-library={library} data-side={side}>
      <Fence what={t('The top bar')} room="line">
        <TopBar />
      </Fence>
      {(library || isNarrow) && (
        <Fence what={t('The node library')} room="panel">
          <Library />
        </Fence>
      )}
      <main className="desk" aria-label={list ? t('Nodes') : t('Canvas')}>
        <div className="stage" data-list={list}>
          <SelectionFence what={list ? t('The list of nodes') : t('The canvas')} room="panel" renewedBy={[list]}>
            <FindingsContext value={badges}>
              {list ? (
                <Suspense fallback={null}>
                  <ListView />
                </Suspense>
              ) : (
                <Canvas />
              )}
            </FindingsContext>
          </SelectionFence>
          {empty && !list && (
            <p className="hintcard">
              {t('This graph is empty.')}
              <br />
              {t('Press')} <kbd>Space</kbd> {t('or double click to add a node, or drag one from the library.')}
            </p>
          )}
          <LateFence what={t('What lies over the canvas')}>
            <StageOverlays />
          </LateFence>
        </div>
        <div className="dock">
          <LateFence what={t('The run bar')}>
            <Dock findings={findings} />
          </LateFence>
        </div>
      </main>
      <LateFence what={t('The strip of shots')}>
        <Shots />
      </LateFence>
      {side && <Side findings={findings} />}
      <LateFence what={t('What lies over the editor')}>
        <Overlays />
      </LateFence>
    </div>
  );
}

function Side({ findings }: { readonly findings: readonly Finding[] }) {
  const { workspace } = useApp();
  const panel = useFact(workspace, (state) => state.panel);
  return (
    <aside className="side" aria-label={t('Inspector')}>
      <div className="side__tabs" role="tablist" aria-label={t('Panels')} onKeyDown={rove}>
        {TABS.map(([name, title], at) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={panel === name}
            aria-controls="side-panel"
            tabIndex={stopAt(panel === name, at, true)}
            onClick={() => workspace.setState({ panel: name })}
          >
            {t(title)}
            {name === 'checklist' && findings.length > 0 && <span className="badge">{findings.length}</span>}
          </button>
        ))}
      </div>
      <div id="side-panel" className="side__body" role="tabpanel" aria-labelledby={`tab-${panel}`}>
        <SelectionFence what={t(PANELS[panel])} room="panel" renewedBy={[panel]}>
          {panel === 'inspector' ? (
            <Inspector />
          ) : (
            <Suspense fallback={null}>{panel === 'history' ? <History /> : <Checklist findings={findings} />}</Suspense>
          )}
        </SelectionFence>
      </div>
    </aside>
  );
}

async function arrangeAndFit(app: App, flow: ReactFlowInstance): Promise<void> {
  const { arrangeNodes } = await loadPart(() => import('./selection-edits.ts'));
  await arrangeNodes(app);
  await fit(app, flow);
}

/** Whether everything done so far is stored: `yes` only when storage has confirmed it. */
function SavedState() {
  const { document } = useApp();
  const state = useFact(document, ({ unsaved, refused }) => (unsaved.length === 0 ? 'yes' : refused ? 'failed' : 'no'));
  const words = { yes: t('Saved'), no: t('Saving…'), failed: t('Not saved') };
  return (
    <span className="topbar__saved" data-saved={state}>
      {words[state]}
    </span>
  );
}

function TopBar() {
  const app = useApp();
  const { document, workspace, commands, teaching } = app;
  const isHandedIn = useFact(teaching, (state) => state.isHandedIn);
  const flow = useReactFlow();
  const title = useFact(document, (state) => state.graph.title);
  const name = useFact(document, (state) => nameInWords(state.graph));
  const readOnly = useFact(document, (state) => state.readOnly);
  const list = useFact(workspace, (state) => state.view.list);
  return (
    <header className="topbar">
      <LibrarySwitch />
      <h1 className="unseen">{name}</h1>
      <input
        className="field topbar__title"
        aria-label={t('Title of this graph')}
        value={title === UNTITLED ? '' : title}
        placeholder={name}
        readOnly={readOnly}
        onChange={(event) =>
          document.edit('Rename graph', (_, whole) => void (whole.title = event.target.value || UNTITLED), {
            mergeKey: 'graph:title',
          })
        }
      />
      {readOnly ? (
        <span className="tag">{isHandedIn ? t('Handed in, view only') : t('Open in another tab, view only')}</span>
      ) : (
        <SavedState />
      )}
      <NotKept />
      <span className="topbar__space" />
      <div className="topbar__group">
        <UndoEdits isQuiet />
      </div>
      <span className="topbar__line" />
      <div className="topbar__group">
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Arrange')}
          {...tip(t('Arrange from left to right (L)'))}
          disabled={readOnly}
          onClick={() => void arrangeAndFit(app, flow)}
        >
          <LayoutDashboard size={16} aria-hidden />
        </button>
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Fit to view')}
          {...tip(t('Fit to view (F)'))}
          onClick={() => void fit(app, flow)}
        >
          <Maximize size={16} aria-hidden />
        </button>
        {!list && (
          <Suspense fallback={<span className="topbar__zoom" />}>
            <Zoom />
          </Suspense>
        )}
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('List view')}
          aria-pressed={list}
          {...tip(t('The graph as a list (Shift+L)'))}
          onClick={() => workspace.setView({ list: !list })}
        >
          <ListTree size={16} aria-hidden />
        </button>
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Shortcuts')}
          {...tip(t('Shortcuts (?)'))}
          onClick={() => workspace.setState({ sheet: true })}
        >
          <Keyboard size={16} aria-hidden />
        </button>
      </div>
      <span className="topbar__line" />
      <button
        className="button"
        type="button"
        {...tip(t('Copy a link that carries this graph'))}
        onClick={() => void commands.shareLink()}
      >
        <Link size={14} aria-hidden /> {t('Share')}
      </button>
      <span className="split">
        <button className="button" type="button" onClick={() => void commands.exportGraph()}>
          <Download size={14} aria-hidden /> {t('Export')}
        </button>
        <button
          className="button button--icon"
          type="button"
          aria-label={t('Export with choices')}
          {...tip(t('Choose what goes into the file'))}
          popoverTarget="export-choices"
        >
          <ChevronDown size={14} aria-hidden />
        </button>
      </span>
      <SideSwitch />
      <ExportChoices />
    </header>
  );
}
