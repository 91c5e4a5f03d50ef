/** One frame around every screen: the rail, the screen itself, the notices. */
import { Moon, Sun } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useApp, useFact, type App } from './app-context.ts';
import { Fence, OverlayFence } from './fence.tsx';
import { Lacks } from './lacks-notice.tsx';
import { Notices } from './notices.tsx';
import { goTo, linkTo, usePlace, type Place } from './navigation.ts';
import { isOfGraph, RAIL, SCREENS, Shared, type RailScreen } from './screens.tsx';
import { named } from './widgets/tip.ts';
import { part } from './part.tsx';
import { t } from '../words/t.ts';
import type { GraphId } from '../core/ids.ts';
import './shell.css';
import './theme/page.css';

const CarrierSheet = part(() => import('./panels/carrier-sheet.tsx'));

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
  const carriers = useFact(workspace, (state) => state.carriers);
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => keepDropsHere(workspace), [workspace]);
  return (
    <div className="shell">
      <nav className="rail" aria-label={t('Screens')}>
        <img className="rail__mark" src="icon.svg" alt={t('Triptych')} width={26} height={26} />
        {RAIL.map((screen) => (
          <RailLink key={screen} screen={screen} openId={openId} />
        ))}
        <span className="rail__space" />
        <RailLink screen="settings" openId={openId} />
        <button
          type="button"
          {...named(dark ? t('Switch to light') : t('Switch to dark'))}
          onClick={() => workspace.setView({ theme: dark ? 'light' : 'dark' })}
        >
          {dark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
        </button>
      </nav>
      <Fence what={t(SCREENS[place.screen].subject)} room="screen" renewedBy={[linkTo(place), openId]}>
        <Suspense fallback={<main aria-busy="true" />}>
          <Screen place={place} />
        </Suspense>
      </Fence>
      <Fence what={t('A notice')} room="line">
        <Notices />
      </Fence>
      {carriers && (
        <OverlayFence what={t('The question')} over="carriers">
          <Suspense fallback={null}>
            <CarrierSheet {...carriers} />
          </Suspense>
        </OverlayFence>
      )}
    </div>
  );
}

/** Sides of a graph are there while one is open. */
function RailLink({ screen, openId }: { readonly screen: RailScreen; readonly openId: GraphId | undefined }) {
  const place = usePlace();
  const { rail } = SCREENS[screen];
  const name = t(rail.name);
  const Icon = rail.icon;
  const to = isOfGraph(screen) ? openId && { screen, id: openId } : { screen };
  if (!to) return null;
  return (
    <a href={linkTo(to)} {...named(name)} aria-current={place.screen === screen ? 'page' : undefined}>
      <Icon size={19} aria-hidden />
    </a>
  );
}

function Screen({ place }: { readonly place: Place }) {
  if (place.screen === 'shared') return <Shared key={place.id} code={place.id} />;
  if ('id' in place) return <GraphScreen place={place} />;
  const { Body } = SCREENS[place.screen];
  return <Body />;
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
  const { Body: Side } = SCREENS[screen];
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
