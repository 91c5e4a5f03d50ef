/** One frame around every screen: the rail, the screen itself, the notices. */
import {
  BookOpen,
  ClipboardList,
  Images,
  LayoutGrid,
  Moon,
  ReceiptText,
  Settings as SettingsIcon,
  Split,
  Sun,
  Table2,
  Workflow,
  X,
  type LucideIcon,
} from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useApp, useFact, type App } from './app-context.ts';
import { Fence } from './fence.tsx';
import { Gallery } from './gallery.tsx';
import { Lacks } from './lacks-notice.tsx';
import { goTo, linkTo, usePlace, type Place } from './navigation.ts';
import { part } from './part.tsx';
import { t, tell } from '../words/t.ts';
import type { GraphId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';

const Editor = part(() => import('./editor.tsx'));
const Review = part(() => import('./pages/review-page.tsx'));
const Form = part(() => import('./pages/form-page.tsx'));
const Batch = part(() => import('./pages/batch-page.tsx'));
const Versions = part(() => import('./pages/versions-page.tsx'));
const Routing = part(() => import('./pages/routing-page.tsx'));
const CatalogPage = part(() => import('./pages/catalog-page.tsx'));
const Audit = part(() => import('./pages/audit-page.tsx'));
const ComfyUi = part(() => import('./pages/comfyui-page.tsx'));
const Shared = part(() => import('./pages/shared-page.tsx'));
const Settings = part(() => import('./pages/settings-page.tsx'));

/** A file that is dropped where nothing takes it would be opened by the browser in place of the app. */
function keepDropsHere({ notify }: App['workspace']): () => void {
  const isOfFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const onOver = (event: DragEvent) => {
    if (isOfFiles(event)) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    // What takes files has said so by now.
    if (event.defaultPrevented || !isOfFiles(event)) return;
    event.preventDefault();
    notify(
      'info',
      t('Nothing here takes files.'),
      t('Drop them on the canvas of a graph, or on the page of templates.'),
    );
  };
  window.addEventListener('dragover', onOver);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onOver);
    window.removeEventListener('drop', onDrop);
  };
}

export function Shell() {
  const { document, workspace } = useApp();
  const place = usePlace();
  const openId = useFact(document, (state) => state.id);
  const theme = useFact(workspace, (state) => state.view.theme);
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => keepDropsHere(workspace), [workspace]);
  return (
    <div className="shell">
      <nav className="rail" aria-label={t('Screens')}>
        <img className="rail__mark" src="icon.svg" alt={t('Triptych')} width={26} height={26} />
        <RailLink to={{ screen: 'gallery' }} name={t('Templates')} icon={LayoutGrid} />
        {openId && <RailLink to={{ screen: 'graph', id: openId }} name={t('Editor')} icon={Workflow} />}
        {openId && <RailLink to={{ screen: 'form', id: openId }} name={t('Form')} icon={ClipboardList} />}
        {openId && <RailLink to={{ screen: 'batch', id: openId }} name={t('Batch')} icon={Table2} />}
        {openId && <RailLink to={{ screen: 'review', id: openId }} name={t('Review')} icon={Images} />}
        <RailLink to={{ screen: 'routing' }} name={t('Routing')} icon={Split} />
        <RailLink to={{ screen: 'catalog' }} name={t('Catalog')} icon={BookOpen} />
        <RailLink to={{ screen: 'audit' }} name={t('Audit')} icon={ReceiptText} />
        <span className="rail__space" />
        <RailLink to={{ screen: 'settings' }} name={t('Settings')} icon={SettingsIcon} />
        <button
          type="button"
          aria-label={dark ? t('Switch to light') : t('Switch to dark')}
          title={dark ? t('Switch to light') : t('Switch to dark')}
          onClick={() => workspace.setView({ theme: dark ? 'light' : 'dark' })}
        >
          {dark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
        </button>
      </nav>
      <Fence what={nameOfScreen(place)} room="screen" renewedBy={[linkTo(place), openId]}>
        <Suspense fallback={<main aria-busy="true" />}>
          <Screen place={place} />
        </Suspense>
      </Fence>
      <Fence what={t('A notice')} room="line">
        <Notices />
      </Fence>
    </div>
  );
}

function RailLink({ to, name, icon: Icon }: { readonly to: Place; readonly name: string; readonly icon: LucideIcon }) {
  const place = usePlace();
  return (
    <a href={linkTo(to)} aria-label={name} title={name} aria-current={place.screen === to.screen ? 'page' : undefined}>
      <Icon size={19} aria-hidden />
    </a>
  );
}

/** As the beginning of a sentence. */
function nameOfScreen({ screen }: Place): string {
  switch (screen) {
    case 'gallery':
      return t('The gallery');
    case 'graph':
    case 'template':
      return t('The editor');
    case 'form':
      return t('The form');
    case 'batch':
      return t('The batch');
    case 'review':
      return t('The review');
    case 'versions':
      return t('The versions');
    case 'routing':
      return t('The routing page');
    case 'catalog':
      return t('The catalog');
    case 'audit':
      return t('The audit');
    case 'settings':
      return t('The settings');
    case 'comfyui':
      return t('The workflow');
    case 'shared':
      return t('The graph in this link');
    default:
      return screen satisfies never;
  }
}

function Screen({ place }: { readonly place: Place }) {
  switch (place.screen) {
    case 'gallery':
      return <Gallery />;
    case 'routing':
      return <Routing />;
    case 'catalog':
      return <CatalogPage />;
    case 'audit':
      return <Audit />;
    case 'settings':
      return <Settings />;
    case 'comfyui':
      return <ComfyUi />;
    case 'shared':
      return <Shared key={place.id} code={place.id} />;
    default:
      return <GraphScreen place={place} />;
  }
}

/** Opens what the address names, then shows the editor. */
function GraphScreen({ place }: { readonly place: Exclude<Extract<Place, { id: string }>, { screen: 'shared' }> }) {
  const { commands, document, workspace } = useApp();
  const openId = useFact(document, (state) => state.id);
  const { id: wanted, screen } = place;
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let current = true;
    const openTemplate = async () => {
      const id = await commands.openTemplate(wanted);
      if (current) goTo(id ? { screen: 'graph', id } : { screen: 'gallery' }, true);
    };
    // Asked for even where it is open: whatever else was on its way is not wanted any more.
    const openGraph = async () => {
      const outcome = await commands.openGraph(wanted as GraphId);
      if (!current || outcome === 'opened' || outcome === 'superseded') return;
      // What broke off has been said and answers nothing.
      if (outcome === 'failed' || outcome === undefined) return setFailed(wanted);
      if (outcome === 'missing')
        workspace.notify(
          'bad',
          t('There is no such graph on this computer.'),
          t('Graphs live in the browser they were made in. Choose one below, or open its file.'),
        );
      const { id } = document.getState();
      goTo(outcome === 'stayed' && id ? { screen: 'graph', id } : { screen: 'gallery' }, true);
    };
    void (screen === 'template' ? openTemplate() : openGraph());
    return () => {
      current = false;
    };
  }, [commands, document, workspace, screen, wanted, attempt]);
  const tryAgain = () => {
    setFailed(undefined);
    setAttempt(attempt + 1);
  };
  if (failed === wanted) return <NotOpened onRetry={tryAgain} />;
  if (openId !== wanted) return <main aria-busy="true" />;
  const Side = { graph: Editor, template: Editor, review: Review, form: Form, batch: Batch, versions: Versions }[
    screen
  ];
  return <Side key={openId} />;
}

/** In place of a graph that storage did not give; why is in the notice. */
function NotOpened({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <main className="page">
      <Lacks />
      <p className="empty" role="alert">
        {t('This graph could not be read from storage. Nothing in it was changed.')}
      </p>
      <button className="button" type="button" onClick={onRetry}>
        {t('Try again')}
      </button>
    </main>
  );
}

const isList = (hint: Said | readonly Said[]): hint is readonly Said[] => Array.isArray(hint);

/** What exactly happened: a few lines at once, many behind a click. */
function Report({ lines }: { readonly lines: readonly Said[] }) {
  if (lines.length <= 3) return lines.map((line, at) => <small key={at}>{tell(line)}</small>);
  return (
    <details>
      <summary>{t('What exactly')}</summary>
      <ul>
        {lines.map((line, at) => (
          <li key={at}>{tell(line)}</li>
        ))}
      </ul>
    </details>
  );
}

function Notices() {
  const { workspace } = useApp();
  const notices = useFact(workspace, (state) => state.notices);
  return (
    <div className="notices" role="log" aria-label={t('Notices')}>
      {notices.toReversed().map((notice) => (
        <div key={notice.id} className={`notice notice--${notice.tone}`}>
          <div className="notice__text">
            {tell(notice.text)}
            {notice.hint && (isList(notice.hint) ? <Report lines={notice.hint} /> : <small>{tell(notice.hint)}</small>)}
          </div>
          {notice.actions.map(({ label, act }) => (
            <button
              key={label}
              className="button"
              type="button"
              onClick={() => {
                workspace.dismiss(notice.id);
                act();
              }}
            >
              {label}
            </button>
          ))}
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Dismiss')}
            onClick={() => workspace.dismiss(notice.id)}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
