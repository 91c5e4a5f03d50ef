/** One frame around every screen: the rail, the screen itself, the notices. */
import { LayoutGrid, Moon, Sun, Workflow, X } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { useApp, useFact } from './app-context.ts';
import { Gallery } from './gallery.tsx';
import { goTo, linkTo, usePlace } from './navigation.ts';

const Editor = lazy(() => import('./editor.tsx'));

export function Shell() {
  const { document, workspace } = useApp();
  const place = usePlace();
  const openId = useFact(document, (state) => state.id);
  const theme = useFact(workspace, (state) => state.theme);
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <div className="shell">
      <nav className="rail" aria-label="Screens">
        <img className="rail__mark" src="icon.svg" alt="Triptych" width={26} height={26} />
        <a href={linkTo({ screen: 'gallery' })} aria-label="Templates" title="Templates" aria-current={place.screen === 'gallery' ? 'page' : undefined}><LayoutGrid size={19} aria-hidden /></a>
        {openId && <a href={linkTo({ screen: 'graph', id: openId })} aria-label="Editor" title="Editor" aria-current={place.screen === 'graph' ? 'page' : undefined}><Workflow size={19} aria-hidden /></a>}
        <span className="rail__space" />
        <button type="button" aria-label={dark ? 'Switch to light' : 'Switch to dark'} title={dark ? 'Switch to light' : 'Switch to dark'} onClick={() => workspace.setState({ theme: dark ? 'light' : 'dark' })}>{dark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}</button>
      </nav>
      {place.screen === 'gallery' ? <Gallery /> : <GraphScreen />}
      <Notices />
    </div>
  );
}

/** Opens what the address names, then shows the editor. */
function GraphScreen() {
  const { commands, document, workspace } = useApp();
  const place = usePlace();
  const openId = useFact(document, (state) => state.id);
  const wanted = place.screen === 'gallery' ? undefined : place.id;
  const screen = place.screen;
  useEffect(() => {
    if (!wanted || (screen === 'graph' && wanted === document.getState().id)) return undefined;
    let current = true;
    const done = async () => {
      if (screen === 'template') {
        const id = await commands.openTemplate(wanted);
        if (current) goTo(id ? { screen: 'graph', id } : { screen: 'gallery' }, true);
      } else if (!(await commands.openGraph(wanted as never)) && current) {
        workspace.notify('bad', 'There is no such graph on this computer.', 'Graphs live in the browser they were made in. Choose one below, or open its file.');
        goTo({ screen: 'gallery' }, true);
      }
    };
    void done();
    return () => {
      current = false;
    };
  }, [commands, document, workspace, screen, wanted]);
  if (openId !== wanted) return <main aria-busy="true" />;
  return (
    <Suspense fallback={<main aria-busy="true" />}>
      <Editor key={openId} />
    </Suspense>
  );
}

function Notices() {
  const { workspace } = useApp();
  const notices = useFact(workspace, (state) => state.notices);
  return (
    <div className="notices" role="log" aria-label="Notices">
      {notices.map((notice) => (
        <div key={notice.id} className={`notice notice--${notice.tone}`}>
          <p>{notice.text}{notice.hint && <small>{notice.hint}</small>}</p>
          <button className="button button--quiet button--icon" type="button" aria-label="Dismiss" onClick={() => workspace.dismiss(notice.id)}><X size={14} aria-hidden /></button>
        </div>
      ))}
    </div>
  );
}
