/** What can be done with a graph on its card: by its button, the right mouse button, a long press, F2 and Delete. */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Point } from '../../graph/graph.ts';
import type { GraphId } from '../../core/ids.ts';
import { tagsIn } from '../../graph/tags.ts';
import { useApp } from '../app-context.ts';
import type { GraphListing } from '../commands.ts';
import { titleInWords } from '../graph-title.ts';
import { keyOf } from '../keys.ts';
import { goTo } from '../navigation.ts';
import { Menu } from '../widgets/menu.tsx';
import { onMenuAsked } from '../widgets/menu-asked.ts';
import { Sheet } from '../widgets/sheet.tsx';
import { t } from '../../words/t.ts';
import '../theme/param.css';

interface Asked {
  readonly id: GraphId;
  readonly at: Point;
}
interface GraphMenusProps {
  readonly graphs: readonly GraphListing[];
  /** The graph whose menu is shown, and where. */
  readonly asked: Asked | undefined;
  readonly onAsk: (asked: Asked | undefined) => void;
  readonly onChange: () => void;
}

export default function GraphMenus({ graphs, asked, onAsk, onChange }: GraphMenusProps) {
  const { commands, workspace } = useApp();
  const [naming, setNaming] = useState<GraphListing>();
  useEffect(
    () =>
      onMenuAsked((target, at) => {
        const graph = graphOf(target, graphs);
        if (graph) onAsk({ id: graph.id, at });
        return graph !== undefined;
      }),
    [graphs, onAsk],
  );
  const discard = useCallback(
    async ({ id, title }: GraphListing) => {
      if (!(await commands.discardGraph(id))) return;
      onChange();
      workspace.notify(
        'info',
        t('“{0}” was deleted.', titleInWords(title)),
        t('It can be brought back for thirty days.'),
        { label: t('Undo'), act: () => void commands.restoreGraph(id).then(onChange) },
      );
    },
    [commands, workspace, onChange],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const graph = event.target instanceof HTMLAnchorElement ? graphOf(event.target, graphs) : undefined;
      const key = keyOf(event);
      if (!graph || (key !== 'F2' && key !== 'Delete')) return;
      event.preventDefault();
      if (key === 'F2') setNaming(graph);
      else void discard(graph);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [graphs, discard]);
  const graph = graphs.find(({ id }) => id === asked?.id);
  return (
    <>
      {asked && graph && (
        <Menu
          key={`${asked.at.x} ${asked.at.y}`}
          label={titleInWords(graph.title)}
          at={asked.at}
          groups={[
            [{ label: t('Open'), keys: 'Enter', run: () => goTo({ screen: 'graph', id: graph.id }) }],
            [
              { label: t('Name and tags…'), keys: 'F2', run: () => setNaming(graph) },
              { label: t('Duplicate'), run: () => void commands.duplicateGraph(graph.id).then(onChange) },
            ],
            [{ label: t('Delete'), keys: 'Delete', isDangerous: true, run: () => void discard(graph) }],
          ]}
          onClose={() => onAsk(undefined)}
        />
      )}
      {naming && (
        <NameSheet
          graph={naming}
          onClose={() => setNaming(undefined)}
          onNamed={(title, tags) => {
            setNaming(undefined);
            void commands.renameGraph(naming.id, { title, tags }).then(onChange);
          }}
        />
      )}
    </>
  );
}

function graphOf(target: Element, graphs: readonly GraphListing[]): GraphListing | undefined {
  const id = target.closest('[data-graph]')?.getAttribute('data-graph');
  return graphs.find((graph) => graph.id === id);
}

interface NameSheetProps {
  readonly graph: GraphListing;
  readonly onClose: () => void;
  readonly onNamed: (title: string, tags: readonly string[]) => void;
}
function NameSheet({ graph, onClose, onNamed }: NameSheetProps) {
  const [title, setTitle] = useState(titleInWords(graph.title));
  const [tags, setTags] = useState(graph.tags?.join(', ') ?? '');
  const begin = useRef<HTMLInputElement>(null);
  const ids = useId();
  useEffect(() => begin.current?.select(), []);
  return (
    <Sheet heading={t('Name and tags')} begin={begin} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onNamed(title, tagsIn(tags));
        }}
      >
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-title`}>{t('Title of this graph')}</label>
          </div>
          <input
            ref={begin}
            id={`${ids}-title`}
            className="field"
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        </div>
        <div className="param">
          <div className="param__label">
            <label htmlFor={`${ids}-tags`}>{t('Tags')}</label>
          </div>
          <input
            id={`${ids}-tags`}
            className="field"
            placeholder={t('spring campaign, product')}
            value={tags}
            onChange={({ target }) => setTags(target.value)}
          />
          <p className="param__help">{t('Graphs with the same tag make a campaign.')}</p>
        </div>
        <div className="sheet__foot">
          <button className="button" type="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button className="button button--primary" type="submit">
            {t('Save')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
