/** The first screen: templates to start from, and the graphs made so far. */
import { FilePlus2, FolderOpen, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { ArtifactHash } from '../core/ids.ts';
import { useApp, useFact } from './app-context.ts';
import type { GraphListing, OwnTemplate } from './commands.ts';
import { Lacks } from './lacks-notice.tsx';
import { useUrl } from './media.tsx';
import { filesOf, textOf } from './dropped.ts';
import { isField } from './focus.ts';
import { goTo, linkTo } from './navigation.ts';
import { Retry } from './ways-out.tsx';
import { FileButton } from './widgets/file-button.tsx';
import { dateAndTime } from './dates.ts';
import { t } from '../words/t.ts';
import './gallery.css';

/** What a file dialog offers first; a name is no proof, so anything else can be chosen too. */
const OPENED =
  '.json,.png,.webp,.jpg,.jpeg,.avif,.gif,.heic,.mp4,.mov,.webm,.mkv,.cube,application/json,image/*,video/*';

interface Template {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly teaches: string;
}

export function Gallery() {
  const { commands, workspace, lasts } = useApp();
  const [templates, setTemplates] = useState<readonly Template[] | 'unread'>();
  const [graphs, setGraphs] = useState<readonly GraphListing[] | 'unread'>();
  const [own, setOwn] = useState<readonly OwnTemplate[]>([]);
  const [discarded, setDiscarded] = useState<readonly GraphListing[]>([]);
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
  const discard = async ({ id, title }: GraphListing) => {
    const gone = await commands.discardGraph(id);
    if (!gone) return;
    refresh();
    workspace.notify('info', t('“{0}” was deleted.', title), t('It can be brought back for thirty days.'), {
      label: t('Undo'),
      act: () => void commands.restoreGraph(id).then(refresh),
    });
  };
  const removeTemplate = async ({ id, graph }: OwnTemplate) => {
    const bringBack = await commands.removeTemplate(id);
    if (!bringBack) return;
    refresh();
    workspace.notify('info', t('The template “{0}” was deleted.', graph.title), undefined, {
      label: t('Undo'),
      act: () => void bringBack().then(refresh),
    });
  };
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
          <h1>{t('Start with a template')}</h1>
          <p className="gallery__lead">
            {t('Wire control, generation and refinement into a graph, press Run, keep what you like.')} <Connected />
          </p>
        </div>
        <div className="topbar__group gallery__tools">
          <FileButton of={t('Graph file')} accept={OPENED} isMany onFiles={(files) => void open(files)}>
            <FolderOpen size={14} aria-hidden /> {t('Open file')}
          </FileButton>
          <button className="button button--primary" type="button" onClick={() => void create()}>
            <FilePlus2 size={14} aria-hidden /> {t('New graph')}
          </button>
        </div>
      </header>
      <Lacks />
      {templates === 'unread' && (
        <Unread onRetry={loadTemplates}>
          {t('The templates cannot be loaded. Are you offline? Graphs that are kept here open without a connection.')}
        </Unread>
      )}
      <div className="cards">
        {templates !== 'unread' &&
          templates?.map((template) => (
            <article key={template.id} className="card">
              <img className="card__picture" src={`templates/${template.id}.webp`} alt="" loading="lazy" />
              <div className="card__text">
                <h2 className="card__title">
                  <a href={linkTo({ screen: 'template', id: template.id })}>{t(template.title)}</a>
                </h2>
                <p>{t(template.description)}</p>
                <p className="card__teaches">{t(template.teaches)}</p>
                <Tags names={template.tags.map((tag) => t(tag))} />
              </div>
            </article>
          ))}
      </div>
      {own.length > 0 && (
        <>
          <h2>{t('Your templates')}</h2>
          <div className="cards">
            {own.map((template) => (
              <article key={template.id} className="card">
                <Thumbnail hash={template.thumbnail} />
                <div className="card__text">
                  <h3 className="card__title">
                    <a href={linkTo({ screen: 'template', id: template.id })}>{template.graph.title}</a>
                  </h3>
                  {template.description && <p>{template.description}</p>}
                  <Tags names={template.tags} />
                </div>
                <button
                  className="button button--icon card__remove"
                  type="button"
                  aria-label={t('Delete template {0}', template.graph.title)}
                  onClick={() => void removeTemplate(template)}
                >
                  <Trash2 size={14} aria-hidden />
                </button>
              </article>
            ))}
          </div>
        </>
      )}
      <h2>{t('Your graphs')}</h2>
      {graphs === 'unread' && (
        <Unread onRetry={refresh}>{t("Your graphs could not be read from this browser's storage.")}</Unread>
      )}
      {graphs?.length === 0 && (
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
      <div className="cards">
        {graphs !== 'unread' &&
          graphs?.map((graph) => (
            <article key={graph.id} className="card">
              <Thumbnail hash={graph.thumbnail} />
              <div className="card__text">
                <h3 className="card__title">
                  <a href={linkTo({ screen: 'graph', id: graph.id })}>{graph.title}</a>
                </h3>
                <p className="tabular">{dateAndTime(graph.updatedAt)}</p>
                {graph.tags?.[0] && <Tags names={graph.tags} />}
              </div>
              <button
                className="button button--icon card__remove"
                type="button"
                aria-label={t('Delete {0}', graph.title)}
                onClick={() => void discard(graph)}
              >
                <Trash2 size={14} aria-hidden />
              </button>
            </article>
          ))}
      </div>
      {discarded.length > 0 && (
        <details className="discarded">
          <summary>{t('Recently deleted ({0})', discarded.length)}</summary>
          <ul>
            {discarded.map((graph) => (
              <li key={graph.id}>
                {graph.title}{' '}
                <button
                  className="button"
                  type="button"
                  onClick={() => void commands.restoreGraph(graph.id).then(refresh)}
                >
                  {t('Bring back')}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </main>
  );
}

const Tags = ({ names }: { readonly names: readonly string[] }) => (
  <div className="card__tags">
    {names.map((name) => (
      <span key={name} className="tag">
        {name}
      </span>
    ))}
  </div>
);

/** The list of templates that came with the app. */
async function templatesServed(): Promise<readonly Template[] | 'unread'> {
  try {
    const response = await fetch('templates/index.json');
    return response.ok ? ((await response.json()) as readonly Template[]) : 'unread';
  } catch {
    return 'unread';
  }
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

function Thumbnail({ hash }: { readonly hash: ArtifactHash | undefined }) {
  const url = useUrl(hash);
  return url ? <img className="card__picture" src={url} alt="" loading="lazy" /> : <div className="card__picture" />;
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
        <a className="link" href={linkTo({ screen: 'settings' })}>
          {t('Providers and their keys')}
        </a>
      )}
    </>
  );
}
