/** The first screen: the graphs made so far, and templates to start from. */
import { FilePlus2, FolderOpen } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import type { Point } from '../graph/graph.ts';
import type { GraphId } from '../core/ids.ts';
import { useApp, useFact } from './app-context.ts';
import type { GraphListing, OwnTemplate } from './commands.ts';
import { GraphCards, ServedTemplates } from './gallery-cards.tsx';
import { Lacks } from './lacks-notice.tsx';
import { filesOf, textOf } from './dropped.ts';
import { isField } from './focus.ts';
import { titleInWords } from './graph-title.ts';
import { goTo, linkTo } from './navigation.ts';
import { part } from './part.tsx';
import { templatesServed, type ServedTemplate } from './served-templates.ts';
import { Retry } from './ways-out.tsx';
import { FileButton } from './widgets/file-button.tsx';
import { t } from '../words/t.ts';
import './gallery.css';

const GraphMenus = part(() => import('./panels/graph-menus.tsx'));
const OwnTemplates = part(() => import('./panels/own-templates.tsx'));
const Trash = part(() => import('./panels/trash.tsx'));

/** What a file dialog offers first; a name is no proof, so anything else can be chosen too. */
const OPENED =
  '.json,.zip,.png,.webp,.jpg,.jpeg,.avif,.gif,.heic,.mp4,.mov,.webm,.mkv,.cube,application/json,image/*,video/*';
/** Cards of graphs that are drawn before somebody asks for all. */
const SHOWN = 11;

export function Gallery() {
  const { commands, lasts } = useApp();
  const [templates, setTemplates] = useState<readonly ServedTemplate[] | 'unread'>();
  const [graphs, setGraphs] = useState<readonly GraphListing[] | 'unread'>();
  const [own, setOwn] = useState<readonly OwnTemplate[]>([]);
  const [discarded, setDiscarded] = useState<readonly GraphListing[]>([]);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<{ readonly id: GraphId; readonly at: Point }>();
  const refresh = useCallback(() => {
    void commands.listGraphs().then((found) => setGraphs(found ?? 'unread'));
    void commands.ownTemplates().then((found) => found && setOwn(found));
    void commands.discardedGraphs().then((found) => found && setDiscarded(found));
  }, [commands]);
  const loadTemplates = useCallback(() => {
    void templatesServed().then(setTemplates);
  }, []);
  useEffect(() => {
    loadTemplates();
    refresh();
  }, [loadTemplates, refresh]);
  const create = async () => {
    const id = await commands.createGraph();
    if (id) goTo({ screen: 'graph', id });
  };
  const open = useCallback(
    async (files: readonly File[]) => {
      await commands.takeFiles(files);
      refresh();
    },
    [commands, refresh],
  );
  const openAll = useCallback(
    (data: DataTransfer) => {
      const text = textOf(data);
      void filesOf(data).then((files) => (files.length > 0 ? open(files) : commands.takeText(text)));
    },
    [commands, open],
  );
  useEffect(() => {
    const onPaste = ({ target, clipboardData }: ClipboardEvent) => {
      if (clipboardData && !isField(target as Element)) openAll(clipboardData);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [openAll]);

  const made = graphs === 'unread' ? [] : (graphs ?? []);
  const foundGraphs = made.filter(({ title, tags = [] }) => holds(words, [titleInWords(title), ...tags]));
  const foundOwn = own.filter(({ graph, description, tags }) => holds(words, [graph.title, description, ...tags]));
  const served = templates === 'unread' ? [] : (templates ?? []);
  const foundServed = served.filter(({ title, description, tags }) =>
    holds(words, [title, t(title), t(description), ...tags, ...tags.map((tag) => t(tag))]),
  );
  const shown = all || words ? foundGraphs : foundGraphs.slice(0, SHOWN);
  const isEmpty = words !== '' && foundGraphs.length + foundOwn.length + foundServed.length === 0;
  const isNew = graphs !== undefined && graphs !== 'unread' && made.length === 0;
  const yours = (
    <section aria-label={t('Your graphs')}>
      {graphs === 'unread' && (
        <Unread onRetry={refresh}>{t("Your graphs could not be read from this browser's storage.")}</Unread>
      )}
      {isNew && !words && (
        <p className="empty">
          {lasts
            ? t(
                'What you make is kept here, on this computer. Open a template, or drop a .triptych.json file anywhere on this page.',
              )
            : t(
                'What you make is listed here until this tab is closed. Open a template, or drop a .triptych.json file anywhere on this page.',
              )}
        </p>
      )}
      <GraphCards graphs={shown} leads={!words} onMenu={(id, at) => setAsked({ id, at })} />
      {shown.length < foundGraphs.length && (
        <button className="button gallery__all" type="button" onClick={() => setAll(true)}>
          {t('Show all {0} {0|graph|graphs}', foundGraphs.length)}
        </button>
      )}
    </section>
  );
  return (
    <main
      className="gallery"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        openAll(event.dataTransfer);
      }}
    >
      <header className="gallery__head">
        <div>
          <h1>{isNew ? t('Start with a template') : t('Your graphs')}</h1>
          <p className="gallery__lead">
            {isNew && t('Wire control, generation and refinement into a graph, press Run, keep what you like.')}{' '}
            <Connected />
          </p>
        </div>
        <div className="topbar__group gallery__tools">
          <input
            className="field gallery__search"
            type="search"
            aria-label={t('Search graphs and templates')}
            placeholder={t('Search')}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <FileButton of={t('Graph file')} accept={OPENED} isMany onFiles={(files) => void open(files)}>
            <FolderOpen size={14} aria-hidden /> {t('Open file')}
          </FileButton>
          <button className="button button--primary" type="button" onClick={() => void create()}>
            <FilePlus2 size={14} aria-hidden /> {t('New graph')}
          </button>
        </div>
      </header>
      <Lacks />
      {isEmpty && <p className="empty">{t('Nothing here is called “{0}”.', words)}</p>}
      {!isNew && yours}
      {foundServed.length > 0 && (
        <h2 className={isNew ? 'unseen' : undefined}>{isNew ? t('Templates') : t('Start with a template')}</h2>
      )}
      {templates === 'unread' && (
        <Unread onRetry={loadTemplates}>
          {t('The templates cannot be loaded. Are you offline? Graphs that are kept here open without a connection.')}
        </Unread>
      )}
      <ServedTemplates templates={foundServed} />
      {foundOwn.length > 0 && <OwnTemplates templates={foundOwn} onChange={refresh} />}
      {isNew && <h2>{t('Your graphs')}</h2>}
      {isNew && yours}
      {discarded.length > 0 && <Trash graphs={discarded} onChange={refresh} />}
      {made.length > 0 && <GraphMenus graphs={made} asked={asked} onAsk={setAsked} onChange={refresh} />}
    </main>
  );
}

/** Whether each word stands in one of the texts. */
function holds(words: string, texts: readonly string[]): boolean {
  const text = texts.join('\n').toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** In place of a list that could not be read. */
function Unread({ onRetry, children }: { readonly onRetry: () => void; readonly children: ReactNode }) {
  return (
    <div className="empty unread" role="alert">
      <p>{children}</p>
      <Retry onRetry={onRetry} />
    </div>
  );
}

/** What makes the pictures here, in one line: the built-in engine alone, or which services beside it. */
function Connected() {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const ready = providers?.filter(({ isReady }) => isReady).map(({ name }) => name) ?? [];
  return (
    <>
      {ready.length > 0
        ? t('Connected: {0}.', ready.join(', '))
        : t(
            'Everything here runs on this computer with the built-in storyboard artist: no account, no key, no network.',
          )}{' '}
      {providers && (
        <a className="link" href={linkTo({ screen: 'settings', at: 'providers' })}>
          {t('Providers and their keys')}
        </a>
      )}
    </>
  );
}
